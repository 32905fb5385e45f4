"""A field of more than 1 MiB in a multipart form is refused: https://github.com/Kludex/starlette/pull/2815"""

import asyncio

from starlette.requests import Request

size = 2**20 + 1
head = b'--here\r\ncontent-disposition: form-data; name="text"\r\n\r\n'
chunks = [head, *[b"x" * 2**16] * 16, b"x\r\n--here--\r\n"]
messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
messages.append({"type": "http.request", "body": b"", "more_body": False})


async def receive():
    return messages.pop(0)


async def main():
    headers = [(b"content-type", b"multipart/form-data; boundary=here")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    form = await Request(scope, receive).form()
    if len(form["text"]) != size:
        raise LookupError(f"the field has {len(form['text'])} characters instead of {size}")


asyncio.run(main())
