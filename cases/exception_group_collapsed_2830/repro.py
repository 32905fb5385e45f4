"""An app's own ExceptionGroup comes out of BaseHTTPMiddleware as the exception in it: https://github.com/Kludex/starlette/pull/2830"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware

ours = ExceptionGroup("of the app", [LookupError("the only one")])


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    raise ours


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    pass


def holds(error):
    return error is ours or any(map(holds, getattr(error, "exceptions", ())))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(PassThrough(app)(scope, receive, send))
except BaseException as error:
    if error is ours.exceptions[0]:
        raise AssertionError(f"the app raised an ExceptionGroup and {error!r} came out")
    if not holds(error):
        raise
else:
    raise ValueError("the error did not come out")
