"""HTTPSRedirectMiddleware fails with KeyError: '' where neither a usable Host header nor a server address is known: https://github.com/Kludex/starlette/pull/3472"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware


async def endpoint(scope, receive, send):
    raise NotImplementedError("a request without encryption does not get here")


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(headers):
    """What a request over a Unix socket is answered with."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": headers}
    await serve(HTTPSRedirectMiddleware(app), {**scope, "server": None}, None, send)
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"location")


async def main():
    if (await get([(b"host", b"example.org")]))[1] != b"https://example.org/":
        raise LookupError("this release does not look at the Host header")
    answer = await get([])
    if answer == (301, b"https:///"):
        raise AssertionError("without a Host header the answer is a redirect to 'https:///'")
    if answer != (400, None):
        raise LookupError(f"without a Host header the answer is {answer}")


asyncio.run(main())
