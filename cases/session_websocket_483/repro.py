"""A websocket handshake behind SessionMiddleware fails an assertion meant for HTTP: https://github.com/encode/starlette/issues/483"""

import asyncio
from functools import partial

from asgiref.compatibility import guarantee_single_callable
from starlette.middleware.sessions import SessionMiddleware

seen = []


async def endpoint(scope, receive, send):
    """Log somebody in over HTTP; over a websocket, look at the session."""
    if scope["type"] == "http":
        scope["session"]["user"] = "ada"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})
    else:
        await send({"type": "websocket.accept"})
        seen.append(dict(scope["session"]))


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def exchange(scope_type, headers):
    sent = []

    async def receive():
        return {"type": "websocket.connect" if scope_type == "websocket" else "http.request"}

    async def send(message):
        sent.append(message)

    scope = {"type": scope_type, "path": "/", "query_string": b"", "headers": headers}
    protected = SessionMiddleware(app, secret_key="not a secret")
    await guarantee_single_callable(protected)(scope, receive, send)
    return sent


async def handshake(headers):
    """Connect a websocket: the error that the handshake ended with, if it did."""
    try:
        await exchange("websocket", headers)
    except AssertionError as error:
        return error


async def main():
    response = await exchange("http", headers=[])
    cookie = dict(response[0]["headers"])[b"set-cookie"].partition(b";")[0]

    errors = [await handshake(headers=[]), await handshake(headers=[(b"cookie", cookie)])]
    for error in errors:
        if error is not None:
            raise error
    if seen != [{}, {"user": "ada"}]:
        raise AssertionError(f"the websocket saw the sessions {seen}")


asyncio.run(main())
