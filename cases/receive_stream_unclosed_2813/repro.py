"""BaseHTTPMiddleware leaves its receive stream unclosed when the app raises: https://github.com/Kludex/starlette/pull/2813"""

import asyncio
import gc
import warnings

from starlette.middleware.base import BaseHTTPMiddleware


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    raise LookupError("nothing here")


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    raise ValueError(f"nothing is sent, {message} was")


def is_ours(error):
    return str(error) == "nothing here" or any(map(is_ours, getattr(error, "exceptions", ())))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", ResourceWarning)
    try:
        asyncio.run(PassThrough(app)(scope, receive, send))
    except BaseException as error:
        if not is_ours(error):
            raise
    else:
        raise ValueError("the app's error was lost")
    gc.collect()
for message in (str(warning.message).partition(" at ")[0] for warning in caught):
    if message.startswith("Unclosed <MemoryObject"):
        raise AssertionError(message)
