"""A multipart form without a boundary ends in an exception of Python's, not in a 400: https://github.com/Kludex/starlette/pull/1617"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(content_type):
    async def receive():
        body = b'--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\nada\r\n--edge--\r\n'
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        "type": "http",
        "app": None,  # so that a refusal is an HTTPException, as it is inside an app
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", content_type)],
    }
    return await Request(scope, receive).form()


async def main():
    if dict(await form_of(b"multipart/form-data; boundary=edge")) != {"name": "ada"}:
        raise LookupError("a form of one field is not parsed")
    try:
        form = await form_of(b"multipart/form-data")
    except HTTPException as error:
        if error.status_code != 400:
            raise
    else:
        raise LookupError(f"a form without a boundary is accepted: {form}")


asyncio.run(main())
