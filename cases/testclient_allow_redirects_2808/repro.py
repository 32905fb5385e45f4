"""TestClient.get(..., allow_redirects=False) is a TypeError: https://github.com/Kludex/starlette/pull/2808"""

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 307, "headers": [(b"location", b"/new")]})
    await send({"type": "http.response.body", "body": b""})


response = TestClient(app).get("/old", allow_redirects=False)
if response.status_code != 307:
    raise LookupError(f"the status is {response.status_code}")
