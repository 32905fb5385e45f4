"""Two ways out: look at the path that the router looks at, and refuse malformed Host headers before anything else."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse

HOST = re.compile(rb"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?")


def is_guarded(request):
    """The path out of the scope, not out of request.url."""
    return request.scope["path"].startswith("/admin")


class HonestHosts:
    """An ASGI middleware, to be the outermost one, that answers a malformed Host with 400."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        app = self.app
        if scope["type"] == "http":
            hosts = [value for name, value in scope["headers"] if name == b"host"]
            if not all(HOST.fullmatch(host) for host in hosts):
                app = PlainTextResponse("Bad Host header", status_code=400)
        await app(scope, receive, send)


async def status_for(host):
    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"host", host)]
    scope = {"type": "http", "method": "GET", "path": "/admin", "query_string": b"", "headers": headers}
    assert is_guarded(Request(scope))
    await HonestHosts(PlainTextResponse("hello"))(scope, None, send)
    return sent[0]["status"]


for host in (b"example.org", b"example.org:8000", b"[::1]:8000"):
    assert asyncio.run(status_for(host)) == 200, host
for host in (b"example.org/?", b"example.org/public#", b"a@b", b"example.org\\"):
    assert asyncio.run(status_for(host)) == 400, host
