"""The server's IPv6 address gets its brackets in the scope."""

from starlette.requests import Request


def bracketed(scope):
    if scope.get("server") and ":" in scope["server"][0]:
        host, port = scope["server"]
        scope = {**scope, "server": (f"[{host}]", port)}
    return scope


scope = {
    "type": "http",
    "method": "GET",
    "scheme": "http",
    "server": ("::1", 8000),
    "path": "/status",
    "query_string": b"",
    "headers": [],
}
url = Request(bracketed(scope)).url
assert str(url) == "http://[::1]:8000/status", url
assert url.port == 8000, url
