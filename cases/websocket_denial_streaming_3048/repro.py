"""Denying a websocket with a StreamingResponse fails with a RuntimeError: https://github.com/Kludex/starlette/issues/3048"""

import asyncio

from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocket

if not hasattr(WebSocket, "send_denial_response"):
    raise LookupError("this release cannot deny a websocket with a response")


async def deny(response):
    sent = []
    messages = [{"type": "websocket.connect"}]

    async def receive():
        return messages.pop() if messages else await asyncio.Future()

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "headers": [], "extensions": {"websocket.http.response": {}}}
    websocket = WebSocket(scope, receive, send)
    await websocket.receive()
    await websocket.send_denial_response(response)
    return sent[0]["type"], sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


async def chunks():
    yield b"go "
    yield b"away"


def innermost(error):
    """The exception itself, if it comes in exception groups."""
    return innermost(error.exceptions[0]) if hasattr(error, "exceptions") else error


async def main():
    wanted = ("websocket.http.response.start", 403, b"go away")
    if await deny(Response(b"go away", status_code=403)) != wanted:
        raise LookupError("a plain response does not deny either")
    try:
        answer = await deny(StreamingResponse(chunks(), status_code=403))
    except Exception as error:
        raise innermost(error) from None
    if answer != wanted:
        raise LookupError(f"the answer is {answer}")


asyncio.run(main())
