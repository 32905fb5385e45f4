"""request.form() limits the fields of a multipart form, and not those of a URL-encoded one: https://github.com/Kludex/starlette/security/advisories/GHSA-82w8-qh3p-5jfq"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(body):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        "type": "http",
        "app": None,  # so that a refusal is an HTTPException, as it is inside an app
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }
    return await Request(scope, receive).form()


async def main():
    form = await form_of(b"name=ada&born=1815")
    if dict(form) != {"name": "ada", "born": "1815"}:
        raise LookupError(f"a form of two fields is parsed as {form}")
    try:
        form = await form_of(b"&".join(b"a%d=1" % n for n in range(1001)))
    except HTTPException as error:
        if error.status_code != 400 or "fields" not in error.detail:
            raise
    else:
        raise AssertionError(f"all {len(form)} fields of a URL-encoded form are parsed")


asyncio.run(main())
