"""An upload that outgrows memory is written to disk in the event loop's thread: https://github.com/Kludex/starlette/security/advisories/GHSA-2c2j-9gv5-cj73"""

import asyncio
import tempfile
import threading

from starlette.datastructures import UploadFile

threads = []


class Spool(tempfile.SpooledTemporaryFile):
    def rollover(self):
        """Move from memory to disk."""
        threads.append(threading.current_thread())
        super().rollover()


async def main():
    with Spool(max_size=8) as spool:
        upload = UploadFile(filename="report.txt", file=spool)
        await upload.write(b"12345678")
        if threads:
            raise LookupError("eight bytes are too many already")
        await upload.write(b"9")
        await upload.seek(0)
        content = await upload.read()
    if (content, len(threads)) != (b"123456789", 1):
        raise LookupError(f"{content} was written, and moved to disk {len(threads)} times")
    if threads[0] is threading.current_thread():
        raise AssertionError("the upload is moved to disk in the thread of the event loop")


asyncio.run(main())
