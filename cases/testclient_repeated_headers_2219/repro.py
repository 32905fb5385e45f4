"""TestClient joins repeated request headers into one: https://github.com/Kludex/starlette/pull/2219"""

from starlette.testclient import TestClient

values = []


async def app(scope, receive, send):
    values.extend(value for name, value in scope["headers"] if name == b"x-token")
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


TestClient(app).get("/", headers=[("x-token", "one"), ("x-token", "two")])
if values == [b"one, two"]:
    raise AssertionError("the app receives one header x-token: b'one, two'")
if values == [b"two"]:
    raise LookupError("this client takes each header once")
if values != [b"one", b"two"]:
    raise LookupError(f"the app receives {values}")
