"""The debug traceback is rendered in the event loop's thread: https://github.com/Kludex/starlette/pull/2858"""

import asyncio
import threading

from starlette.middleware.errors import ServerErrorMiddleware

threads = []


class Oops(Exception):
    def __str__(self):
        threads.append(threading.current_thread())
        return "oops"


async def app(scope, receive, send):
    raise Oops()


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(ServerErrorMiddleware(app, debug=True)(scope, receive, send))
except Oops:
    pass
if sent[0]["status"] != 500 or b"oops" not in sent[1]["body"]:
    raise LookupError(f"no traceback, but {sent}")
if threading.main_thread() in threads:
    raise AssertionError("the debug traceback was rendered in the event loop's thread")
