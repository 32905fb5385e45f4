"""A middleware around SessionMiddleware drops cookies that have no signature."""

import asyncio

from starlette.middleware.sessions import SessionMiddleware

seen = []


class SignedSessions:
    def __init__(self, app, cookie="session"):
        self.app = app
        self.start = cookie.encode() + b"="

    def kept(self, part):
        return not part.strip().startswith(self.start) or part.count(b".") >= 2

    async def __call__(self, scope, receive, send):
        headers = [
            (name, b";".join(filter(self.kept, value.split(b";"))) if name == b"cookie" else value)
            for name, value in scope["headers"]
        ]
        await self.app({**scope, "headers": headers}, receive, send)


async def endpoint(scope, receive, send):
    seen.append(dict(scope["session"]))
    scope["session"]["user"] = "ada"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


app = SignedSessions(SessionMiddleware(endpoint, secret_key="not a secret"))


async def get(cookie):
    sent = []

    async def send(message):
        sent.append(message)

    await app({"type": "http", "path": "/", "headers": [(b"cookie", cookie)]}, None, send)
    return dict(sent[0]["headers"])[b"set-cookie"].partition(b";")[0]


async def main():
    ada = await get(b"session=invalid; theme=dark")
    await get(b"theme=dark; " + ada)
    assert seen == [{}, {"user": "ada"}], seen


asyncio.run(main())
