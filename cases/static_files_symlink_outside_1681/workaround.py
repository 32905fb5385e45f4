"""A wrapper that answers 404 for whatever lies outside of the directory once symlinks are resolved."""

import asyncio
import os
import tempfile

from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles


class FilesInside:
    def __init__(self, directory):
        self.directory = os.path.realpath(directory)
        self.files = StaticFiles(directory=self.directory)

    async def __call__(self, scope, receive, send):
        path = os.path.realpath(os.path.join(self.directory, *scope["path"].split("/")))
        inside = os.path.commonpath([path, self.directory]) == self.directory
        app = self.files if inside else PlainTextResponse("Not Found", status_code=404)
        await app(scope, receive, send)


async def status_of(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "path": path, "root_path": ""}
    await app({**scope, "headers": [], "extensions": {}}, None, send)
    return sent[0]["status"]


async def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        directory = os.path.join(folder, "static")
        os.mkdir(directory)
        for name in "static/page.txt", "private.txt":
            with open(os.path.join(folder, name), "w") as file:
                file.write("hello")
        os.symlink(os.path.join(folder, "private.txt"), os.path.join(directory, "link.txt"))
        os.symlink(os.path.join(folder, "private.txt"), os.path.join(folder, "above.txt"))
        app = FilesInside(directory)
        assert await status_of(app, "/page.txt") == 200
        assert await status_of(app, "/link.txt") == 404
        assert await status_of(app, "/../above.txt") == 404


asyncio.run(main())
