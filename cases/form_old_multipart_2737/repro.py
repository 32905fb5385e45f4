"""A form is refused because python-multipart has its old import name: https://github.com/Kludex/starlette/pull/2737"""

import asyncio
from importlib.metadata import version

from starlette.requests import Request

if tuple(map(int, version("python-multipart").split("."))) >= (0, 0, 13):
    raise LookupError("this python-multipart has the new import name")


async def main():
    async def receive():
        return {"type": "http.request", "body": b"name=ada", "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)
    form = await request.form()
    if form.get("name") != "ada":
        raise AssertionError(f"the form is {form}")


asyncio.run(main())
