"""Unpacking a connection's client address works at run time, whatever its annotation says: https://github.com/encode/starlette/issues/1117"""

from starlette.websockets import WebSocket


async def receive():
    raise AssertionError("nothing is received")


async def send(message):
    raise AssertionError(f"nothing is sent, {message} was")


scope = {"type": "websocket", "path": "/", "headers": [], "client": ("192.0.2.1", 50000)}
host, port = WebSocket(scope, receive, send)["client"]
if (host, port) != ("192.0.2.1", 50000):
    raise AssertionError(f"the client is {host!r}, {port!r}")
