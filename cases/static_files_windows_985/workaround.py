r"""A StaticFiles that knows no path with a drive, a backslash or a colon, on any platform."""

import asyncio
import os
import tempfile

from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles


class PlainFiles:
    """An ASGI app in the place of StaticFiles."""

    def __init__(self, **options):
        self.files = StaticFiles(**options)

    async def __call__(self, scope, receive, send):
        app = self.files
        if "\\" in scope["path"] or ":" in scope["path"]:
            app = PlainTextResponse("Not Found", status_code=404)
        await app(scope, receive, send)


async def status_for(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": path, "headers": []}, None, send)
    return sent[0]["status"]


with tempfile.TemporaryDirectory() as folder:
    folder = os.path.realpath(folder)
    for name in ("page.txt", r"C:\secret.txt"):  # the latter stands for what Windows would find elsewhere
        with open(os.path.join(folder, name), "w") as file:
            file.write("hello")
    app = PlainFiles(directory=folder)
    assert asyncio.run(status_for(app, "/page.txt")) == 200
    assert asyncio.run(status_for(app, r"/C:\secret.txt")) == 404
