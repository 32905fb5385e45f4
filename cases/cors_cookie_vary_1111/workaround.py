"""A regular expression that any origin matches makes CORSMiddleware add Vary: Origin."""

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
    request_headers = [(b"origin", b"https://example.org"), (b"cookie", b"user=ada")]
    await cors({"type": "http", "method": "GET", "path": "/", "headers": request_headers}, None, send)
    headers = dict(sent[0]["headers"])
    assert headers[b"access-control-allow-origin"] == b"https://example.org", headers
    assert headers[b"vary"] == b"Origin", headers


asyncio.run(main())
