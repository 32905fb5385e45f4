"""A Host header with a slash and a question mark changes the path of request.url: https://github.com/Kludex/starlette/security/advisories/GHSA-86qp-5c8j-p5mr"""

try:
    from starlette.requests import Request
except ImportError:  # as the module was called in the beginning
    from starlette.request import Request


def url_for(host):
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("192.0.2.1", 80),
        "path": "/admin",
        "query_string": b"",
        "headers": [(b"host", host)],
    }
    return Request(scope, None).url


if url_for(b"example.org").path != "/admin":
    raise LookupError(f"with an honest Host the path is {url_for(b'example.org').path!r}")
url = url_for(b"example.org/?")
if url.path == "/":
    raise AssertionError(f"a request for '/admin' has the URL {str(url)!r}, whose path is {url.path!r}")
if str(url) != "http://192.0.2.1/admin":
    raise LookupError(f"request.url is {str(url)!r}")
