"""request.client is an address of two Nones where the server gives none, and not None: https://github.com/Kludex/starlette/pull/1462"""

from starlette.requests import Request

scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
if not hasattr(Request, "client"):
    raise LookupError("a request has no client in this release")
if Request({**scope, "client": ("192.0.2.1", 50000)}).client != ("192.0.2.1", 50000):
    raise LookupError("a client's address is something else")

clients = [Request(scope).client, Request({**scope, "client": None}).client]
if clients == [(None, None), (None, None)]:
    raise AssertionError(f"without a client request.client is {clients[0]!r}, which is true")
if clients != [None, None]:
    raise LookupError(f"the clients are {clients}")
