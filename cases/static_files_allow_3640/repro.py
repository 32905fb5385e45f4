"""StaticFiles answers POST with 405 and without the Allow header: https://github.com/Kludex/starlette/pull/3640"""

import asyncio
import os
import tempfile
from inspect import signature

from starlette.staticfiles import StaticFiles


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def answer(app, method):
    """The status and the names of the headers."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": "/page.txt",
        "root_path": "",
        "headers": [],
        "extensions": {},
    }
    try:
        await serve(app, scope, None, send)
    except Exception as error:  # from 0.17.0 on an HTTPException
        if not hasattr(error, "status_code"):
            raise
        headers = getattr(error, "headers", None) or {}
        return error.status_code, {name.lower(): value for name, value in headers.items()}
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


async def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w") as file:
            file.write("hello")
        app = StaticFiles(directory=folder)
        status, headers = await answer(app, "HEAD")
        if status != 200:
            raise LookupError(f"HEAD is answered with {status}")
        status, headers = await answer(app, "POST")
    if status != 405:
        raise LookupError(f"POST is answered with {status}")
    if "allow" not in headers:
        raise AssertionError("StaticFiles answers POST with 405 and no Allow header")
    if headers["allow"] != "GET, HEAD":
        raise LookupError(f"Allow: {headers['allow']}")


asyncio.run(main())
