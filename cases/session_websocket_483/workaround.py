"""A small ASGI wrapper that lets SessionMiddleware see a websocket handshake as the HTTP request it is made of."""

import asyncio

from starlette.middleware.sessions import SessionMiddleware


class WebSocketSessions:
    """SessionMiddleware, for websockets too. A websocket can read its session, not write it."""

    def __init__(self, app, **options):
        self.app = app
        self.sessions = SessionMiddleware(self.restored, **options)

    async def __call__(self, scope, receive, send):
        if scope["type"] == "websocket":
            scope = {**scope, "type": "http", "was": "websocket"}
        await self.sessions(scope, receive, send)

    async def restored(self, scope, receive, send):
        if "was" in scope:
            scope["type"] = scope.pop("was")
        await self.app(scope, receive, send)


seen = []


async def app(scope, receive, send):
    if scope["type"] == "http":
        scope["session"]["user"] = "ada"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})
    else:
        await send({"type": "websocket.accept"})
        seen.append((scope["type"], dict(scope["session"])))


async def exchange(scope_type, headers):
    sent = []

    async def receive():
        return {"type": "websocket.connect" if scope_type == "websocket" else "http.request"}

    async def send(message):
        sent.append(message)

    scope = {"type": scope_type, "path": "/", "query_string": b"", "headers": headers}
    await WebSocketSessions(app, secret_key="not a secret")(scope, receive, send)
    return sent


async def main():
    response = await exchange("http", headers=[])
    cookie = dict(response[0]["headers"])[b"set-cookie"].partition(b";")[0]

    assert await exchange("websocket", headers=[]) == [{"type": "websocket.accept"}]
    await exchange("websocket", headers=[(b"cookie", cookie)])
    assert seen == [("websocket", {}), ("websocket", {"user": "ada"})], seen


asyncio.run(main())
