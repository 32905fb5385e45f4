"""The directory made absolute by the caller."""

import asyncio
import os
import tempfile

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
    os.mkdir("static")
    with open(os.path.join("static", "page.txt"), "w") as file:
        file.write("hello")
    app = StaticFiles(directory=os.path.abspath("static"), follow_symlink=True)
    assert (await get(app))[0] == 200


here = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    try:
        asyncio.run(main())
    finally:
        os.chdir(here)
