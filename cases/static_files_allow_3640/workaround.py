"""A subclass that answers other methods itself, with the Allow header."""

import asyncio
import os
import tempfile

from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles


class Files(StaticFiles):
    async def get_response(self, path, scope):
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Method Not Allowed", status_code=405, headers={"Allow": "GET, HEAD"})
        return await super().get_response(path, scope)


async def answer(method):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": "/page.txt",
        "root_path": "",
        "headers": [],
        "extensions": {},
    }
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w") as file:
            file.write("hello")
        await Files(directory=folder)(scope, None, send)
    return sent[0]["status"], dict(sent[0]["headers"])


assert asyncio.run(answer("HEAD"))[0] == 200
status, headers = asyncio.run(answer("POST"))
assert (status, headers[b"allow"]) == (405, b"GET, HEAD"), (status, headers)
