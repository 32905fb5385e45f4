"""The same form with a limit of one's own."""

import asyncio

from starlette.requests import Request

size = 2**20 + 1
chunks = [b"text=", *[b"x" * 2**16] * 16, b"x"]
messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
messages.append({"type": "http.request", "body": b"", "more_body": False})


async def receive():
    return messages.pop(0)


async def main():
    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    form = await Request(scope, receive).form(max_part_size=4 * 2**20)
    if len(form["text"]) != size:
        raise LookupError(f"the field has {len(form['text'])} characters instead of {size}")


asyncio.run(main())
