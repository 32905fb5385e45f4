"""request.client is None in a test: https://github.com/Kludex/starlette/pull/2525"""

from starlette.requests import Request
from starlette.testclient import TestClient

seen = []


async def app(scope, receive, send):
    client = Request(scope).client
    seen.append(client and (client.host, client.port))
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


TestClient(app).get("/")
if seen == [None]:
    raise AssertionError("request.client is None")
if seen != [("testclient", 50000)]:
    raise LookupError(f"the client is {seen}")
