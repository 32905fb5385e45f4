"""A parser of multipart forms that closes its temporary files whatever goes wrong, put in the place of Starlette's."""

import asyncio
import errno
import tempfile

spools = []


class FullDisk(tempfile.SpooledTemporaryFile):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        spools.append(self)

    def rollover(self):
        raise OSError(errno.ENOSPC, "No space left on device")


tempfile.SpooledTemporaryFile = FullDisk

import starlette.requests  # noqa: E402
from starlette.formparsers import MultiPartParser  # noqa: E402


class TidyParser(MultiPartParser):
    async def parse(self):
        try:
            return await super().parse()
        except BaseException:
            for file in self._files_to_close_on_error:
                file.close()
            raise


starlette.requests.MultiPartParser = TidyParser

HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'


async def form_of(size):
    async def receive():
        return {"type": "http.request", "body": HEAD + b"x" * size + b"\r\n--edge--\r\n", "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    return await starlette.requests.Request({"type": "http", "method": "POST", "headers": headers}, receive).form()


assert asyncio.run(form_of(3))["file"].size == 3
assert not spools.pop().closed
try:
    asyncio.run(form_of(2 * 1024 * 1024))
except OSError as error:
    assert error.errno == errno.ENOSPC
else:
    raise AssertionError("the full disk goes unnoticed")
assert [spool.closed for spool in spools] == [True]
