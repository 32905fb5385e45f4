"""The same form, with the old package under its new name too."""

import asyncio
import sys

import multipart
import multipart.multipart

sys.modules["python_multipart"] = multipart
sys.modules["python_multipart.multipart"] = multipart.multipart

from starlette.requests import Request  # noqa: E402


async def main():
    async def receive():
        return {"type": "http.request", "body": b"name=ada", "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)
    form = await request.form()
    if form.get("name") != "ada":
        raise AssertionError(f"the form is {form}")


asyncio.run(main())
