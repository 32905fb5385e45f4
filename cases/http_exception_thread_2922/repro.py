"""The default handler of HTTPException runs in a worker thread: https://github.com/Kludex/starlette/pull/2922"""

import asyncio
import threading

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

threads = set()


class Missing(HTTPException):
    def __getattribute__(self, name):
        if name == "detail":
            threads.add(threading.current_thread())
        return super().__getattribute__(name)


async def endpoint(request):
    raise Missing(404)


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(Starlette(routes=[Route("/", endpoint)])(scope, receive, send))
if sent[0]["status"] != 404 or sent[1]["body"] != b"Not Found":
    raise LookupError(f"no answer, but {sent}")
if threads != {threading.main_thread()}:
    raise AssertionError("the default handler of HTTPException ran in a worker thread")
