"""An impossible port in the Host header counts as none."""

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
    request = Request(scope)
    try:
        return request.url.port
    except ValueError:
        return request["server"][1]


assert port(b"example.org:8080") == 8080
assert port(b"example.org:99999") == 8000
