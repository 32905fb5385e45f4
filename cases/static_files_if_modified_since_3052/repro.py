"""StaticFiles answers a changed ETag with 304 because of If-Modified-Since: https://github.com/Kludex/starlette/issues/3052"""

import asyncio
import os
import tempfile
from inspect import signature

from starlette.staticfiles import StaticFiles


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(app, headers):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": "/page.txt",
        "root_path": "",
        "headers": headers,
        "extensions": {},
    }
    await serve(app, scope, None, send)
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w") as file:
            file.write("hello")
        app = StaticFiles(directory=folder)
        status, headers = await get(app, [])
        if status != 200 or b"last-modified" not in headers:
            raise LookupError(f"status {status}, headers {headers}")
        since = (b"if-modified-since", headers[b"last-modified"])
        status, _ = await get(app, [since])
        if status != 304:
            raise LookupError(f"If-Modified-Since alone is answered with {status}")
        status, _ = await get(app, [(b"if-none-match", b'"another"')])
        if status != 200:
            raise LookupError(f"another ETag alone is answered with {status}")
        status, _ = await get(app, [(b"if-none-match", b'"another"'), since])
    if status != 200:
        raise AssertionError(f"another ETag is answered with {status} if If-Modified-Since comes with it")


asyncio.run(main())
