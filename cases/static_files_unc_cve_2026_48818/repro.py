r"""With Windows' path rules StaticFiles resolves \\evil.example\share before it refuses it: https://github.com/Kludex/starlette/security/advisories/GHSA-wqp7-x3pw-xc5r"""

import asyncio
import ntpath
import os
import tempfile
import types

import starlette.staticfiles
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

resolved = []


def realpath(path, **options):
    """Note the path. On Windows, this is where the connection to another host is made."""
    resolved.append(path)
    return ntpath.abspath(path)


# os, with the rules for paths that it has on Windows.
windows = types.SimpleNamespace(**vars(os))
windows.path = types.SimpleNamespace(**{**vars(ntpath), "realpath": realpath})


async def status_for(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    resolved.clear()
    try:
        await app(scope, None, send)
    except HTTPException as error:
        return error.status_code
    except ValueError:  # the paths do not have the same drive
        return 500
    return sent[0]["status"]


async def main():
    app = StaticFiles(directory=r"C:\static")
    status = await status_for(app, "/page.txt")
    if status != 404 or not any(path.endswith("page.txt") for path in resolved):
        raise LookupError(f"no path is resolved for a file that does not exist: {status}, {resolved}")
    status = await status_for(app, r"/\\evil.example\share")
    for path in resolved:
        if path.startswith(r"\\evil.example"):
            raise AssertionError(f"StaticFiles resolves {path} and then answers {status}")
    if status != 404:
        raise LookupError(f"a path to another host is answered with {status}")


starlette.staticfiles.os = windows
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir(r"C:\static")  # a folder of this name, where backslashes are nothing special
    asyncio.run(main())
