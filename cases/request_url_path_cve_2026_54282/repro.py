"""A path without a leading slash becomes part of the host of request.url: https://github.com/Kludex/starlette/security/advisories/GHSA-jp82-jpqv-5vv3"""

try:
    from starlette.requests import Request
except ImportError:  # as the module was called in the beginning
    from starlette.request import Request


def url_for(path):
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("example.org", 80),
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"example.org")],
    }
    return Request(scope, None).url


if url_for("/").netloc != "example.org":
    raise LookupError(f"with an honest path the host is {url_for('/').netloc!r}")
url = url_for("@evil.example")
if url.netloc == "example.org@evil.example":
    raise AssertionError(f"a request to example.org has the URL {str(url)!r}, whose host is {url.hostname!r}")
if url.netloc != "example.org":
    raise LookupError(f"request.url is {str(url)!r}")
