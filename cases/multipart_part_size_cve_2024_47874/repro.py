"""A field of a multipart form is kept in memory, however large it is: https://github.com/Kludex/starlette/security/advisories/GHSA-f96h-pmfr-66vw"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request

HEAD = b'--edge\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
TAIL = b"\r\n--edge--\r\n"


async def field_of(*chunks):
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
        "headers": [(b"content-type", b"multipart/form-data; boundary=edge")],
    }
    form = await Request(scope, receive).form()
    return form["text"]


async def main():
    if await field_of(HEAD, b"a", b"b", TAIL) != "ab":
        raise LookupError("a small field is not parsed")
    try:
        value = await field_of(HEAD, *[b"x" * 2**16] * 32, TAIL)
    except HTTPException as error:
        if error.status_code != 400 or "size" not in error.detail:
            raise
    else:
        raise AssertionError(f"a multipart field of {len(value)} characters is parsed into memory")


asyncio.run(main())
