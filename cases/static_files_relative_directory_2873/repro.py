"""With follow_symlink=True and a relative directory StaticFiles answers every file with 404: https://github.com/Kludex/starlette/issues/2873"""

import asyncio
import os
import tempfile

from starlette.staticfiles import StaticFiles


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
        await app(scope, None, send)
    except Exception as error:
        if not hasattr(error, "status_code"):
            raise
        return error.status_code
    return sent[0]["status"]


async def main():
    absolute = os.path.abspath("static")
    os.mkdir(absolute)
    with open(os.path.join(absolute, "page.txt"), "w") as file:
        file.write("hello")
    status = await status_of(StaticFiles(directory=absolute, follow_symlink=True))
    if status != 200:
        raise LookupError(f"a file in an absolute directory is answered with {status}")
    try:
        status = await status_of(StaticFiles(directory="static", follow_symlink=True))
    except ValueError as error:
        raise AssertionError(f"a file in the relative directory 'static' raises ValueError: {error}") from error
    if status != 200:
        raise AssertionError(
            f"with follow_symlink, a file in the relative directory 'static' is answered with {status}"
        )


here = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(os.path.realpath(folder))
    try:
        asyncio.run(main())
    finally:
        os.chdir(here)
