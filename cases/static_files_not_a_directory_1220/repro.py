"""A path that goes on below a file makes StaticFiles raise NotADirectoryError instead of answering 404: https://github.com/Kludex/starlette/pull/1220"""

import asyncio
import os
import tempfile
from inspect import signature

from starlette.staticfiles import StaticFiles


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def status_of(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": path,
        "root_path": "",
        "headers": [],
        "extensions": {},
    }
    try:
        await serve(app, scope, None, send)
    except Exception as error:  # from 0.17.0 on an HTTPException
        if not hasattr(error, "status_code"):
            raise
        return error.status_code
    return sent[0]["status"]


async def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w") as file:
            file.write("hello")
        app = StaticFiles(directory=folder)
        for path, right in ("/page.txt", 200), ("/missing", 404):
            status = await status_of(app, path)
            if status != right:
                raise LookupError(f"{path} is answered with {status}")
        try:
            status = await status_of(app, "/page.txt/more")
        except NotADirectoryError as error:
            raise AssertionError("/page.txt/more raises NotADirectoryError") from error
    if status != 404:
        raise LookupError(f"/page.txt/more is answered with {status}")


asyncio.run(main())
