"""A part without a name ends in a KeyError, not in a 400: https://github.com/Kludex/starlette/pull/1643"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(disposition):
    async def receive():
        body = b"--edge\r\nContent-Disposition: form-data" + disposition + b"\r\n\r\nada\r\n--edge--\r\n"
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        "type": "http",
        "app": None,  # so that a refusal is an HTTPException, as it is inside an app
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", b"multipart/form-data; boundary=edge")],
    }
    return await Request(scope, receive).form()


async def main():
    if dict(await form_of(b'; name="name"')) != {"name": "ada"}:
        raise LookupError("a form of one field is not parsed")
    try:
        form = await form_of(b"")
    except HTTPException as error:
        if error.status_code != 400:
            raise
    else:
        raise LookupError(f"a part without a name is accepted: {form}")


asyncio.run(main())
