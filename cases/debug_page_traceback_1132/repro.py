"""The debug page is an AttributeError on Python 3.9.1, 3.8.7 and later: https://github.com/Kludex/starlette/pull/1132"""

import asyncio

from asgiref.compatibility import guarantee_single_callable
from starlette.applications import Starlette
from starlette.routing import Route


class Broken(Exception):
    pass


async def page(request):
    raise Broken("of the application")


app = Starlette(debug=True)
app.router.routes.append(Route("/", page))
sent = []


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message)


headers = [(b"host", b"example.org"), (b"accept", b"text/html")]
scope = {"type": "http", "method": "GET", "path": "/", "root_path": "", "query_string": b"", "headers": headers}
try:
    asyncio.run(guarantee_single_callable(app)(scope, receive, send))
except Broken:  # always raised again, for the server's log
    pass
if not sent or b"Broken: of the application" not in sent[1]["body"]:
    raise LookupError(f"no debug page was sent: {sent}")
