"""A StaticFiles that looks up no path which leads upwards: no honest client asks for one."""

import asyncio
import os
import tempfile

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles


class DownwardFiles(StaticFiles):
    async def get_response(self, path, scope):
        if path.startswith(".."):
            raise HTTPException(status_code=404)
        return await super().get_response(path, scope)


async def status_for(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "extensions": {}}
    try:
        await app(scope, None, send)
    except HTTPException as error:
        return error.status_code
    return sent[0]["status"]


with tempfile.TemporaryDirectory() as folder:
    folder = os.path.realpath(folder)
    for name in ("static", "static_old"):
        os.mkdir(os.path.join(folder, name))
        with open(os.path.join(folder, name, "page.txt"), "w") as page:
            page.write("hello")
    app = DownwardFiles(directory=os.path.join(folder, "static"))
    assert asyncio.run(status_for(app, "/page.txt")) == 200
    assert asyncio.run(status_for(app, "/../static_old/page.txt")) == 404
