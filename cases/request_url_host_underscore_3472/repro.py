"""request.url ignores a Host header that contains an underscore: https://github.com/Kludex/starlette/pull/3472"""

from starlette.requests import Request


def url(host):
    """The URL of a request that a container named web_app gets under the address 172.18.0.5."""
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("172.18.0.5", 8000),
        "path": "/status",
        "query_string": b"",
        "headers": [(b"host", host)],
    }
    return str(Request(scope).url)


if url(b"webapp:8000") != "http://webapp:8000/status":
    raise LookupError("this release does not look at the Host header")
seen = url(b"web_app:8000")
if seen == "http://172.18.0.5:8000/status":
    raise AssertionError(f"with Host: web_app:8000 request.url is {seen!r}")
if seen != "http://web_app:8000/status":
    raise LookupError(f"with Host: web_app:8000 request.url is {seen!r}")
