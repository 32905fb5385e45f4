"""A response that depends on the session through session.pop alone lacks Vary: Cookie: https://github.com/Kludex/starlette/pull/3186"""

import asyncio

from starlette.middleware.sessions import SessionMiddleware


async def endpoint(scope, receive, send):
    """Put a notice into the session, or take it out and show it."""
    notice = ""
    if scope["path"] == "/put":
        scope["session"]["notice"] = "saved"
    else:
        notice = scope["session"].pop("notice")
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
    if headers.get(b"vary") != b"Cookie":
        raise LookupError("this release adds no Vary header for a session")

    headers, body = await get("/take", [(b"cookie", headers[b"set-cookie"].partition(b";")[0])])
    if body != b"saved" or not headers[b"set-cookie"].startswith(b"session=null;"):
        raise LookupError(f"the session is not the one that was put: {body}, {headers}")
    if b"vary" not in headers:
        raise AssertionError("session.pop took 'saved' out, and the response has no Vary header")
    if headers[b"vary"] != b"Cookie":
        raise LookupError(f"Vary is {headers[b'vary']}")


asyncio.run(main())
