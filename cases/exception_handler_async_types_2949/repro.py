"""A handler that is a coroutine function works at run time, whatever ExceptionMiddleware's annotation says: https://github.com/Kludex/starlette/pull/2949"""

import asyncio

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.responses import PlainTextResponse


async def failing(scope, receive, send):
    raise ValueError("no tea")


async def sorry(request, error):
    return PlainTextResponse(f"sorry, {error}", status_code=409)


async def main():
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    app = ExceptionMiddleware(failing, handlers={ValueError: sorry})
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    seen = (sent[0]["status"], sent[1]["body"])
    if seen != (409, b"sorry, no tea"):
        raise AssertionError(f"the response is {seen}")


asyncio.run(main())
