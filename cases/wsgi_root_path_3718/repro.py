"""WSGIMiddleware cuts the root_path off a path of which it is no segment: https://github.com/Kludex/starlette/pull/3718"""

from starlette.middleware.wsgi import build_environ


def path_info(root_path, path):
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "root_path": root_path,
        "query_string": b"",
        "headers": [],
    }
    return build_environ(scope, b"")["PATH_INFO"]


if path_info("", "/apiary/bees") != "/apiary/bees":
    raise LookupError("the path is changed without a root_path")
if path_info("/api", "/apiary/bees") == "ary/bees":
    raise AssertionError("under the root_path /api the path /apiary/bees becomes the PATH_INFO ary/bees")
if path_info("/api", "/apiary/bees") != "/apiary/bees":
    raise LookupError(f"PATH_INFO is {path_info('/api', '/apiary/bees')}")
