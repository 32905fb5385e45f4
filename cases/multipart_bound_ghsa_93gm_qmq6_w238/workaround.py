"""A patch that answers a form whose headers, or whose parts' headers, hold a backslash with 400."""

import asyncio

import starlette.formparsers
import starlette.requests
from starlette.exceptions import HTTPException


def guarded(parse):
    """A parser of headers that never sees a backslash, which is what stalls python-multipart."""

    def parse_options_header(value):
        if value and "\\" in (value if isinstance(value, str) else value.decode("latin-1")):
            raise HTTPException(400)
        return parse(value)

    return parse_options_header


for module in (starlette.requests, starlette.formparsers):
    module.parse_options_header = guarded(module.parse_options_header)


async def form_of(content_type, body):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", content_type)]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    return dict(await starlette.requests.Request(scope, receive).form())


def refused(content_type, body):
    try:
        asyncio.run(form_of(content_type, body))
    except HTTPException as error:
        return error.status_code == 400
    return False


urlencoded = b"application/x-www-form-urlencoded; charset=utf-8"
multipart = b"multipart/form-data; boundary=edge"
part = b'--edge\r\nContent-Disposition: form-data; name="name%s\r\n\r\nada\r\n--edge--\r\n'
assert asyncio.run(form_of(urlencoded, b"name=ada")) == {"name": "ada"}
assert asyncio.run(form_of(multipart, part % b'"')) == {"name": "ada"}
assert refused(urlencoded + b'; a="' + b"\\" * 100, b"name=ada")
assert refused(multipart, part % (b"\\" * 100))
