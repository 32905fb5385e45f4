"""A Host header with an impossible port makes request.url.port raise ValueError: https://github.com/Kludex/starlette/pull/3472"""

from starlette.requests import Request


def port(host):
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("192.0.2.1", 8000),
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", host)],
    }
    return Request(scope).url.port


if port(b"example.org:8080") != 8080:
    raise LookupError("this release does not look at the Host header")
if port(b"example.org:99999") != 8000:
    raise LookupError("the port is not the server's")
