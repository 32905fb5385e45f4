"""A parser of multipart forms with a limit on the number of parts, put in the place of Starlette's."""

import asyncio

import starlette.requests
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser


class LimitedParser(MultiPartParser):
    max_parts = 1000
    parts = 0

    def on_part_begin(self):
        self.parts += 1
        if self.parts > self.max_parts:
            raise MultiPartException("The form has too many parts.")
        super().on_part_begin()


starlette.requests.MultiPartParser = LimitedParser


async def fields_of(number):
    body = b"".join(b'--edge\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(number))

    async def receive():
        return {"type": "http.request", "body": body + b"--edge--\r\n", "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    scope = {"type": "http", "app": None, "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    return await starlette.requests.Request(scope, receive).form()


assert len(asyncio.run(fields_of(1000))) == 1000
try:
    asyncio.run(fields_of(1001))
except HTTPException as error:
    assert error.status_code == 400, error
else:
    raise AssertionError("a form of 1001 parts is accepted")
