"""A new FileResponse for each request."""

import asyncio
import tempfile

from starlette.responses import FileResponse


def logo(path):
    async def app(scope, receive, send):
        await FileResponse(path)(scope, receive, send)

    return app


async def receive():
    raise LookupError("nothing is received")


async def exchange(app, headers):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "method": "GET", "headers": headers}
    await app(scope, receive, send)
    answer = dict(sent[0]["headers"])
    return sent[0]["status"], answer[b"content-length"], answer.get(b"content-range"), sent[1]["body"]


async def main():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        app = logo(file.name)
        return await exchange(app, [(b"range", b"bytes=0-3")]), await exchange(app, [])


part, whole = asyncio.run(main())
assert part == (206, b"4", b"bytes 0-3/10", b"ghij"), part
assert whole == (200, b"10", None, b"ghijklmnop"), whole
