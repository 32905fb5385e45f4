"""Reads the whole body first and parses it as one chunk, in which each field is one piece."""

import asyncio

from starlette.datastructures import Headers
from starlette.formparsers import FormParser
from starlette.requests import Request


async def form_of(request):
    await request.body()  # request.form() then takes the body for a stream of one chunk
    return await request.form()


pieces = []


class Watched(FormParser):
    def on_field_data(self, data, start, end):
        pieces.append(end - start)
        super().on_field_data(data, start, end)


async def main():
    chunks = [b"text=", *[b"x" * 1000] * 100]

    async def receive():
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    assert (await form_of(request))["text"] == "x" * 100_000
    await Watched(Headers({}), request.stream()).parse()
    assert pieces == [100_000], pieces


asyncio.run(main())
