"""StaticFiles(html=True) answers 304 for a file that was deleted: https://github.com/Kludex/starlette/pull/1023"""

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
        "path": "/page.html",
        "root_path": "",
        "headers": headers,
        "extensions": {},
    }
    await serve(app, scope, None, send)
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    with tempfile.TemporaryDirectory() as folder:
        for name in "404.html", "page.html":
            path = os.path.join(folder, name)
            with open(path, "w") as file:
                file.write("hello")
            os.utime(path, (1000000000, 1000000000))
        app = StaticFiles(directory=folder, html=True)
        status, headers = await get(app, [])
        if status != 200 or b"last-modified" not in headers:
            raise LookupError(f"status {status}, headers {headers}")
        since = (b"if-modified-since", headers[b"last-modified"])
        status, _ = await get(app, [since])
        if status != 304:
            raise LookupError(f"an unchanged file is answered with {status}")
        os.remove(path)
        status, _ = await get(app, [])
        if status != 404:
            raise LookupError(f"a deleted file is answered with {status} without If-Modified-Since")
        status, _ = await get(app, [since])
    if status != 404:
        raise AssertionError(f"a deleted file is answered with {status} if If-Modified-Since comes with the request")


asyncio.run(main())
