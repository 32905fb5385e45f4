"""With follow_symlink=True and a pathlib.Path as directory StaticFiles answers every file with 404: https://github.com/Kludex/starlette/pull/2851"""

import asyncio
import os
import tempfile
from pathlib import Path

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
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        Path(folder, "page.txt").write_text("hello")
        status = await status_of(StaticFiles(directory=folder, follow_symlink=True))
        if status != 200:
            raise LookupError(f"a file in a directory given as str is answered with {status}")
        status = await status_of(StaticFiles(directory=Path(folder), follow_symlink=True))
    if status != 200:
        raise AssertionError(f"a file in a directory given as Path is answered with {status}")


asyncio.run(main())
