"""The host is asked for in a way that is right with both kinds of nobody."""

from starlette.requests import Request


def host(scope):
    client = Request(scope).client
    return client.host if client else None


scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
assert host(scope) is None
assert host({**scope, "client": None}) is None
assert host({**scope, "client": ("192.0.2.1", 50000)}) == "192.0.2.1"
