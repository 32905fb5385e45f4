"""The path comes from the scope, and is quoted before it becomes part of a URL."""

from urllib.parse import quote

from starlette.requests import Request

scope = {
    "type": "http",
    "method": "GET",
    "scheme": "https",
    "server": ("example.org", 443),
    "path": "/files/what?.txt",
    "query_string": b"page=2",
    "headers": [],
}
request = Request(scope)
url = request.url.replace(path=quote(request["path"]), query=request["query_string"].decode())
assert str(url) == "https://example.org/files/what%3F.txt?page=2", url
