"""A parser of multipart forms with a limit on what a field may hold in memory, put in the place of Starlette's."""

import asyncio

import starlette.requests
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser


class LimitedParser(MultiPartParser):
    max_field_size = 1024 * 1024

    def on_part_begin(self):
        super().on_part_begin()
        self.size = 0

    def on_part_data(self, data, start, end):
        self.size += end - start
        if self._current_part.file is None and self.size > self.max_field_size:
            raise MultiPartException("A field of the form is too large.")
        super().on_part_data(data, start, end)


starlette.requests.MultiPartParser = LimitedParser


async def form_of(disposition, size):
    head = b"--edge\r\nContent-Disposition: form-data; " + disposition + b"\r\n\r\n"
    chunks = [head, *[b"x" * 2**16] * (size // 2**16), b"\r\n--edge--\r\n"]

    async def receive():
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    scope = {"type": "http", "app": None, "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    return await starlette.requests.Request(scope, receive).form()


assert len(asyncio.run(form_of(b'name="text"', 2**20))["text"]) == 2**20
assert asyncio.run(form_of(b'name="file"; filename="a"', 2**21))["file"].size == 2**21
try:
    asyncio.run(form_of(b'name="text"', 2**21))
except HTTPException as error:
    assert error.status_code == 400, error
else:
    raise AssertionError("a field of 2 MiB is accepted")
