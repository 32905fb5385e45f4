"""An async handler of one's own for HTTPException."""

import asyncio
import threading

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.routing import Route

threads = set()


class Missing(HTTPException):
    def __getattribute__(self, name):
        if name == "detail":
            threads.add(threading.current_thread())
        return super().__getattribute__(name)


async def endpoint(request):
    raise Missing(404)


async def answer(request, error):
    return PlainTextResponse(error.detail, status_code=error.status_code)


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(Starlette(routes=[Route("/", endpoint)], exception_handlers={HTTPException: answer})(scope, receive, send))
if sent[0]["status"] != 404 or sent[1]["body"] != b"Not Found":
    raise LookupError(f"no answer, but {sent}")
if threads != {threading.main_thread()}:
    raise AssertionError("the default handler of HTTPException ran in a worker thread")
