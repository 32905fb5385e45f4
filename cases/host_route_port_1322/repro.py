"""A Host route with a port in it matches no request: https://github.com/Kludex/starlette/pull/1322"""

from starlette.routing import Host, Match, Router


def matches(route, host):
    scope = {"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": [(b"host", host)]}
    return Host(route, Router()).matches(scope)[0] is Match.FULL


if not matches("api.example.org", b"api.example.org:8000"):
    raise LookupError("a Host route without a port does not match either")
if not matches("api.example.org:8000", b"api.example.org:8000"):
    raise AssertionError("Host('api.example.org:8000') does not match api.example.org:8000")
