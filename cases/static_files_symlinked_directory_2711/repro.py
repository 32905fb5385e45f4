"""With follow_symlink=True StaticFiles answers 404 for every file if its directory is itself a symlink: https://github.com/Kludex/starlette/pull/2711"""

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
    with tempfile.TemporaryDirectory() as folder:
        real = os.path.join(os.path.realpath(folder), "release-1")
        link = os.path.join(os.path.realpath(folder), "current")
        os.mkdir(real)
        os.symlink(real, link)
        with open(os.path.join(real, "page.txt"), "w") as file:
            file.write("hello")
        for directory, follow_symlink in (real, True), (link, False):
            status = await status_of(StaticFiles(directory=directory, follow_symlink=follow_symlink))
            if status != 200:
                raise LookupError(f"follow_symlink={follow_symlink} is answered with {status}")
        status = await status_of(StaticFiles(directory=link, follow_symlink=True))
    if status != 200:
        raise AssertionError(f"a file in a symlinked directory is answered with {status} under follow_symlink=True")


asyncio.run(main())
