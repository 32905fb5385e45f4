"""Two ways to the client's address that type-check before the fix: the attribute, and a cast."""

import typing

from starlette.types import Message
from starlette.websockets import WebSocket


def by_attribute(websocket: WebSocket) -> typing.Tuple[str, int]:
    client = websocket.client
    assert client is not None
    return client.host, client.port


def by_cast(websocket: WebSocket) -> typing.Tuple[str, int]:
    host, port = typing.cast("typing.Tuple[str, int]", websocket["client"])
    return host, port


async def receive() -> Message:
    raise AssertionError("nothing is received")


async def send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, {message} was")


scope = {"type": "websocket", "path": "/", "headers": [], "client": ("192.0.2.1", 50000)}
websocket = WebSocket(scope, receive, send)
assert by_attribute(websocket) == ("192.0.2.1", 50000), by_attribute(websocket)
assert by_cast(websocket) == ("192.0.2.1", 50000), by_cast(websocket)
