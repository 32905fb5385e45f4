"""CORSMiddleware sends Vary: Origin only in answer to an allowed Origin, so that caches mix answers up: https://github.com/Kludex/starlette/pull/3516"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.cors import CORSMiddleware


async def endpoint(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(headers):
    sent = []

    async def send(message):
        sent.append(message)

    cors = CORSMiddleware(app, allow_origins=["https://example.org"])
    await serve(cors, {"type": "http", "method": "GET", "path": "/", "headers": headers}, None, send)
    return dict(sent[0]["headers"])


async def main():
    headers = await get([(b"origin", b"https://example.org")])
    if headers.get(b"access-control-allow-origin") != b"https://example.org":
        raise LookupError(f"the allowed origin gets {headers}")
    if headers.get(b"vary") != b"Origin":
        raise LookupError(f"the allowed origin gets {headers}")

    for request_headers in [], [(b"origin", b"https://example.com")]:
        headers = await get(request_headers)
        if b"access-control-allow-origin" in headers:
            raise LookupError(f"{request_headers} gets {headers}")
        if b"vary" not in headers:
            raise AssertionError(f"the response to the headers {request_headers} has no Vary: Origin")


asyncio.run(main())
