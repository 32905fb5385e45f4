"""request.url takes a question mark that belongs to the path for the start of the query: https://github.com/Kludex/starlette/pull/3671"""

from starlette.requests import Request

# What a server makes of: GET /files/what%3F.txt?page=2
scope = {
    "type": "http",
    "method": "GET",
    "scheme": "https",
    "server": ("example.org", 443),
    "path": "/files/what?.txt",
    "query_string": b"page=2",
    "headers": [],
}
url = Request(scope).url
if (url.hostname, url.path, url.query) == ("example.org", "/files/what", ".txt?page=2"):
    raise AssertionError(f"request.url has the path {url.path!r} and the query {url.query!r}")
if str(url) != "https://example.org/files/what%3F.txt?page=2":
    raise LookupError(f"request.url is {str(url)!r}")
