"""The key is deleted instead of popped, which marks the session as read."""

import asyncio

from starlette.middleware.sessions import SessionMiddleware


async def endpoint(scope, receive, send):
    session, notice = scope["session"], ""
    if scope["path"] == "/put":
        session["notice"] = "saved"
    else:
        notice = session["notice"]
        del session["notice"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": notice.encode()})


async def get(path, headers):
    sent = []

    async def send(message):
        sent.append(message)

    await SessionMiddleware(endpoint, secret_key="not a secret")(
        {"type": "http", "path": path, "headers": headers}, None, send
    )
    return dict(sent[0]["headers"]), sent[1]["body"]


async def main():
    headers, _ = await get("/put", [])
    headers, body = await get("/take", [(b"cookie", headers[b"set-cookie"].partition(b";")[0])])
    assert (body, headers[b"vary"]) == (b"saved", b"Cookie"), headers


asyncio.run(main())
