"""A subclass that finds no file for a path with a null byte."""

import asyncio
import os
import tempfile

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles


class Files(StaticFiles):
    def lookup_path(self, path):
        return ("", None) if "\0" in str(path) else super().lookup_path(path)


async def get(app, headers=(), path="/page.txt"):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": path,
        "root_path": "",
        "headers": list(headers),
        "extensions": {},
    }
    try:
        await app(scope, None, send)
    except HTTPException as error:
        return error.status_code, {}
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w") as file:
            file.write("hello")
        app = Files(directory=folder)
        assert (await get(app))[0] == 200
        assert (await get(app, path="/page\0.txt"))[0] == 404


asyncio.run(main())
