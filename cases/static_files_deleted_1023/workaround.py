"""A subclass that compares no dates for the page 404.html."""

import asyncio
import os
import tempfile

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles


class Pages(StaticFiles):
    def file_response(self, full_path, stat_result, scope, status_code=200):
        if status_code == 404:
            return FileResponse(full_path, stat_result=stat_result, status_code=404)
        return super().file_response(full_path, stat_result, scope, status_code)


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
        with open(os.path.join(folder, "404.html"), "w") as file:
            file.write("hello")
        app = Pages(directory=folder, html=True)
        status, headers = await get(app)
        assert status == 404, status
        assert (await get(app, [(b"if-modified-since", headers[b"last-modified"])]))[0] == 404


asyncio.run(main())
