"""An app's send raises BrokenResourceError when the client disconnects early: https://github.com/Kludex/starlette/issues/1284"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

errors = []
answered = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    async def noting_send(message):
        try:
            await send(message)
        except Exception as error:
            errors.append(error)
            raise

    answered.append(True)
    await Response("answer")(scope, receive, noting_send)


async def get(turns):
    """A client that disconnects, some turns of the event loop before the response's start is sent."""
    gone = asyncio.Event()

    async def receive():
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        gone.set()
        for _ in range(turns):
            await asyncio.sleep(0)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await PassThrough(app)(scope, receive, send)


for turns in range(8):
    try:
        asyncio.run(get(turns))
    except Exception:
        if not errors:
            raise
if len(answered) != 8:
    raise LookupError(f"the app was called {len(answered)} times")
for error in errors:
    raise error
