"""A multipart form may have any number of fields and files: https://github.com/Kludex/starlette/security/advisories/GHSA-74m5-2c7w-9w3x"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request

FIELD = b'--edge\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n'


async def fields_of(number):
    body = b"".join(FIELD % n for n in range(number)) + b"--edge--\r\n"

    async def receive():
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
    if dict(await fields_of(2)) != {"a0": "1", "a1": "1"}:
        raise LookupError("a form of two fields is not parsed")
    try:
        form = await fields_of(1001)
    except HTTPException as error:
        if error.status_code != 400 or "fields" not in error.detail:
            raise
    else:
        raise AssertionError(f"all {len(form)} fields of a multipart form are parsed")


asyncio.run(main())
