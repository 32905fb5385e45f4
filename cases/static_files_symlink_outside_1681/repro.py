"""StaticFiles serves what a symlink points at outside of its directory: https://github.com/Kludex/starlette/pull/1681"""

import asyncio
import os
import tempfile
from inspect import signature

from starlette.staticfiles import StaticFiles


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": path,
        "root_path": "",
        "headers": [],
        "extensions": {},
    }
    try:
        await serve(app, scope, None, send)
    except Exception as error:  # from 0.17.0 on an HTTPException
        if not hasattr(error, "status_code"):
            raise
        return error.status_code, b""
    return sent[0]["status"], b"".join(message["body"] for message in sent[1:])


async def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        directory = os.path.join(folder, "static")
        os.mkdir(directory)
        for name, text in ("static/page.txt", "hello"), ("private.txt", "secret"):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        os.symlink(os.path.join(folder, "private.txt"), os.path.join(directory, "link.txt"))
        app = StaticFiles(directory=directory)
        answer = await get(app, "/page.txt")
        if answer != (200, b"hello"):
            raise LookupError(f"/page.txt is answered with {answer}")
        answer = await get(app, "/link.txt")
    if answer == (200, b"secret"):
        raise AssertionError("/link.txt, a symlink, is answered with a file from outside of the directory")
    if answer[0] != 404:
        raise LookupError(f"/link.txt is answered with {answer}")


asyncio.run(main())
