"""The methods are named instead of "*"."""

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

    methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cors = CORSMiddleware(endpoint, allow_origins=["*"], allow_methods=methods)
    headers = [(b"origin", b"https://example.org"), (b"access-control-request-method", b"HEAD")]
    await cors({"type": "http", "method": "OPTIONS", "path": "/", "headers": headers}, receive, send)
    assert (sent[0]["status"], sent[1]["body"]) == (200, b"OK"), sent


asyncio.run(main())
