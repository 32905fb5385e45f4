"""A regular expression that any origin matches makes CORSMiddleware repeat the origin."""

import asyncio

from starlette.middleware.cors import CORSMiddleware


async def endpoint(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def main():
    sent = []

    async def send(message):
        sent.append(message)

    cors = CORSMiddleware(endpoint, allow_origin_regex=".*", allow_credentials=True)
    headers = [(b"origin", b"https://example.org"), (b"authorization", b"Bearer secret")]
    await cors({"type": "http", "method": "GET", "path": "/", "headers": headers}, None, send)
    assert dict(sent[0]["headers"])[b"access-control-allow-origin"] == b"https://example.org", sent


asyncio.run(main())
