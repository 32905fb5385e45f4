"""request.url writes the server's IPv6 address without brackets: https://github.com/Kludex/starlette/pull/3472"""

from starlette.requests import Request

scope = {
    "type": "http",
    "method": "GET",
    "scheme": "http",
    "server": ("::1", 8000),
    "path": "/status",
    "query_string": b"",
    "headers": [],
}
if str(Request({**scope, "server": ("127.0.0.1", 8000)}).url) != "http://127.0.0.1:8000/status":
    raise LookupError("the server's address is not used at all")
url = str(Request(scope).url)
if url == "http://::1:8000/status":
    raise AssertionError(f"for the server ::1 and the port 8000 request.url is {url!r}")
if url != "http://[::1]:8000/status":
    raise LookupError(f"request.url is {url!r}")
