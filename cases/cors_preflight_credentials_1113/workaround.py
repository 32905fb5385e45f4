"""A regular expression that any origin matches makes a preflight response repeat the origin."""

import asyncio

from starlette.middleware.cors import CORSMiddleware


async def endpoint(scope, receive, send):
    raise NotImplementedError("a preflight request does not get here")


async def main():
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    cors = CORSMiddleware(endpoint, allow_origin_regex=".*", allow_credentials=True)
    headers = [(b"origin", b"https://example.org"), (b"access-control-request-method", b"GET")]
    await cors({"type": "http", "method": "OPTIONS", "path": "/", "headers": headers}, receive, send)
    assert dict(sent[0]["headers"])[b"access-control-allow-origin"] == b"https://example.org", sent


asyncio.run(main())
