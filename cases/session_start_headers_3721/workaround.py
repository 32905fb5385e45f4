"""The app sends an empty list of headers."""

import asyncio

from starlette.middleware.sessions import SessionMiddleware


async def app(scope, receive, send):
    scope["session"]["user"] = "ada"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"answer"})


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(SessionMiddleware(app, secret_key="not a secret")(scope, receive, send))
if [sent[0]["status"], sent[1]["body"]] != [200, b"answer"]:
    raise LookupError(f"no answer, but {sent}")
