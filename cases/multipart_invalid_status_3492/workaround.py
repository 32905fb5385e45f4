"""Turns the parser's exception into a 400 where the form is read."""

import asyncio

from python_multipart.exceptions import FormParserError
from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(request):
    try:
        return await request.form()
    except FormParserError:
        raise HTTPException(400, "Invalid form.") from None


async def read(header):
    async def receive():
        body = b"--edge\r\n" + header + b"\r\n\r\nada\r\n--edge--\r\n"
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    return await form_of(Request({"type": "http", "method": "POST", "headers": headers}, receive))


assert dict(asyncio.run(read(b'Content-Disposition: form-data; name="name"'))) == {"name": "ada"}
try:
    asyncio.run(read(b"a header must not have spaces: name"))
except HTTPException as error:
    assert error.status_code == 400
else:
    raise AssertionError("a malformed header is accepted")
