"""The session is changed by the methods that are seen."""

import asyncio

from starlette.middleware.sessions import SessionMiddleware


async def endpoint(scope, receive, send):
    session = scope["session"]
    if scope["path"] == "/set":
        session["user"] = "ada"
    elif scope["path"] == "/popitem":
        del session[next(reversed(session))]
    else:
        session.update({"user": "grace"})
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def cookie(path, headers):
    sent = []

    async def send(message):
        sent.append(message)

    protected = SessionMiddleware(endpoint, secret_key="not a secret")
    await protected({"type": "http", "path": path, "headers": headers}, None, send)
    return dict(sent[0]["headers"]).get(b"set-cookie")


async def main():
    ada = (await cookie("/set", [])).partition(b";")[0]
    for path in "/popitem", "/update":
        assert await cookie(path, [(b"cookie", ada)]) is not None, path


asyncio.run(main())
