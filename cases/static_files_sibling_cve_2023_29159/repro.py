"""StaticFiles serves what lies beside its folder if its name begins alike: https://github.com/Kludex/starlette/security/advisories/GHSA-v5gw-mw7f-84px"""

import asyncio
import os
import tempfile
from inspect import signature

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles


async def answer(app, path):
    sent = []

    async def receive():
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": path,
        "headers": [],
        "extensions": {},
    }
    try:
        await (app(scope, receive, send) if len(signature(app).parameters) == 3 else app(scope)(receive, send))
    except HTTPException as error:
        return error.status_code, b""
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


async def main(folder):
    app = StaticFiles(directory=os.path.join(folder, "static"))
    if await answer(app, "/page.txt") != (200, b"for everybody"):
        raise LookupError("a file of the folder itself is not served")
    status, body = await answer(app, "/../static_old/page.txt")
    if (status, body) == (200, b"for nobody"):
        raise AssertionError("StaticFiles of 'static' serves '../static_old/page.txt'")
    if status != 404:
        raise LookupError(f"what lies outside of the folder is answered with {status}")


with tempfile.TemporaryDirectory() as folder:
    folder = os.path.realpath(folder)
    for name, content in (("static", "for everybody"), ("static_old", "for nobody")):
        os.mkdir(os.path.join(folder, name))
        with open(os.path.join(folder, name, "page.txt"), "w") as page:
            page.write(content)
    asyncio.run(main(folder))
