"""StaticFiles takes W and / off both ends of an If-None-Match tag, so that a malformed one matches: https://github.com/Kludex/starlette/pull/3193"""

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
        if status != 200 or b"etag" not in headers:
            raise LookupError(f"status {status}, headers {headers}")
        etag = headers[b"etag"]
        status, _ = await get(app, [(b"if-none-match", etag)])
        if status != 304:
            raise LookupError(f"the file's own ETag is answered with {status}")
        for before, after in (b"/", b""), (b"", b"/W"), (b"W/W/", b""):
            status, _ = await get(app, [(b"if-none-match", before + etag + after)])
            if status != 200:
                raise AssertionError(
                    f"If-None-Match: {before.decode()}<the ETag>{after.decode()} is answered with {status}"
                )


asyncio.run(main())
