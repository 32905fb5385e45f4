r"""A StaticFiles that looks up no absolute path, no path on another host and none on another drive."""

import asyncio
import ntpath
import os
import tempfile

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles


class RelativeFiles(StaticFiles):
    def lookup_path(self, path):
        if path.startswith(("/", "\\")) or ntpath.splitdrive(path)[0]:
            return "", None
        return super().lookup_path(path)


async def status_for(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "path": path, "headers": []}
    try:
        await app(scope, None, send)
    except HTTPException as error:
        return error.status_code
    return sent[0]["status"]


with tempfile.TemporaryDirectory() as folder:
    # Names that Linux has nothing against stand for what Windows would find elsewhere.
    for name in ("page.txt", r"\\evil.example\share", r"D:\page.txt"):
        with open(os.path.join(folder, name), "w") as file:
            file.write("hello")
    app = RelativeFiles(directory=folder)
    assert asyncio.run(status_for(app, "/page.txt")) == 200
    assert asyncio.run(status_for(app, r"/\\evil.example\share")) == 404
    assert asyncio.run(status_for(app, r"/D:\page.txt")) == 404
