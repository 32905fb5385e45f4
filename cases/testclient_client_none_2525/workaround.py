"""An app around the app under test says who the client is."""

from starlette.requests import Request
from starlette.testclient import TestClient

seen = []


async def app(scope, receive, send):
    client = Request(scope).client
    seen.append(client and (client.host, client.port))
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def known(scope, receive, send):
    if scope["type"] != "lifespan":
        scope = {**scope, "client": ["testclient", 50000]}
    await app(scope, receive, send)


TestClient(known).get("/")
if seen != [("testclient", 50000)]:
    raise LookupError(f"the client is {seen}")
