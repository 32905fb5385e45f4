"""Turns the KeyError into a 400 where the form is read."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(request):
    try:
        return await request.form()
    except KeyError:
        raise HTTPException(400, "A part of the form has no name.") from None


async def read(disposition):
    async def receive():
        body = b"--edge\r\nContent-Disposition: form-data" + disposition + b"\r\n\r\nada\r\n--edge--\r\n"
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    return await form_of(Request({"type": "http", "method": "POST", "headers": headers}, receive))


assert dict(asyncio.run(read(b'; name="name"'))) == {"name": "ada"}
try:
    asyncio.run(read(b""))
except HTTPException as error:
    assert error.status_code == 400
else:
    raise AssertionError("a part without a name is accepted")
