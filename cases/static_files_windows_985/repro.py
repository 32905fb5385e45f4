r"""With Windows' path rules StaticFiles serves C:\secret.txt, whatever its folder is: https://github.com/Kludex/starlette/pull/985"""

import asyncio
import ntpath
import os
import tempfile
import types
from inspect import signature

import starlette.staticfiles
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

# os, with the rules for paths that it has on Windows.
windows = types.SimpleNamespace(**vars(os))
windows.path = types.SimpleNamespace(**{**vars(ntpath), "realpath": lambda path, **options: ntpath.abspath(path)})


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
    except ValueError:  # the paths do not have the same drive
        return 404, b""
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


async def main():
    app = StaticFiles(directory=r"D:\static")
    if await answer(app, "/page.txt") != (200, b"for everybody"):
        raise LookupError("a file of the folder itself is not served")
    status, body = await answer(app, r"/C:\secret.txt")
    if (status, body) == (200, b"for nobody"):
        raise AssertionError(r"StaticFiles of D:\static serves C:\secret.txt")
    if status != 404:
        raise LookupError(f"what lies outside of the folder is answered with {status}")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir(r"D:\static")  # names without a separator, where backslashes are nothing special
    for name, content in ((r"D:\static\page.txt", "for everybody"), (r"C:\secret.txt", "for nobody")):
        with open(name, "w") as file:
            file.write(content)
    starlette.staticfiles.os = windows
    asyncio.run(main())
