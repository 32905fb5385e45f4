"""StaticFiles with a relative directory answers every file with 404: https://github.com/Kludex/starlette/issues/1002"""

import asyncio
import os
import tempfile
from inspect import signature

from starlette.staticfiles import StaticFiles


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def status_of(app):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
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
        return error.status_code
    return sent[0]["status"]


async def main():
    absolute = os.path.abspath("static")
    os.mkdir(absolute)
    with open(os.path.join(absolute, "page.txt"), "w") as file:
        file.write("hello")
    status = await status_of(StaticFiles(directory=absolute))
    if status != 200:
        raise LookupError(f"a file in an absolute directory is answered with {status}")
    status = await status_of(StaticFiles(directory="static"))
    if status != 200:
        raise AssertionError(
            f"without follow_symlink, a file in the relative directory 'static' is answered with {status}"
        )


here = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(os.path.realpath(folder))
    try:
        asyncio.run(main())
    finally:
        os.chdir(here)
