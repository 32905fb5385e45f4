"""The directory given as a string."""

import asyncio
import os
import tempfile
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles


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
        folder = os.path.realpath(folder)
        Path(folder, "page.txt").write_text("hello")
        app = StaticFiles(directory=str(Path(folder)), follow_symlink=True)
        assert (await get(app))[0] == 200


asyncio.run(main())
