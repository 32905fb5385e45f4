"""An upload that fails on a full disk leaves its temporary file open: https://github.com/Kludex/starlette/pull/3191"""

import asyncio
import errno
import tempfile

spools = []


class FullDisk(tempfile.SpooledTemporaryFile):
    """A temporary file that is noted, and that cannot be moved from memory to disk."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        spools.append(self)

    def rollover(self):
        raise OSError(errno.ENOSPC, "No space left on device")


tempfile.SpooledTemporaryFile = FullDisk

from starlette.datastructures import UploadFile  # noqa: E402
from starlette.requests import Request  # noqa: E402

PART = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n%s\r\n'


async def form_of(size):
    async def receive():
        return {"type": "http.request", "body": PART % (b"x" * size) + b"--edge--\r\n", "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", b"multipart/form-data; boundary=edge")],
    }
    return await Request(scope, receive).form()


async def main():
    form = await form_of(3)
    if not isinstance(form["file"], UploadFile) or len(spools) != 1 or spools.pop().closed:
        raise LookupError("a small upload is not kept in a temporary file")
    try:
        await form_of(2 * 1024 * 1024)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    else:
        raise LookupError("this release moves no upload from memory to disk")
    if len(spools) != 1:
        raise LookupError(f"the large upload has {len(spools)} temporary files")
    if not spools[0].closed:
        raise AssertionError("request.form() failed and left its temporary file open")


asyncio.run(main())
