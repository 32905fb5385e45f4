"""request.form() limits the size of a field in a multipart form, and not in a URL-encoded one: https://github.com/Kludex/starlette/pull/3329"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(*chunks):
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages[-1]["more_body"] = False

    async def receive():
        return messages.pop(0)

    scope = {
        "type": "http",
        "app": None,  # so that a refusal is an HTTPException, as it is inside an app
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }
    form = await Request(scope, receive).form()
    return form["text"]


async def main():
    if await form_of(b"text=a", b"b") != "ab":
        raise LookupError("a small field is not parsed")
    try:
        value = await form_of(b"text=", *[b"x" * 2**16] * 32)
    except HTTPException as error:
        if error.status_code != 400 or "size" not in error.detail:
            raise
    else:
        raise AssertionError(f"a URL-encoded field of {len(value)} characters is parsed into memory")


asyncio.run(main())
