"""An app around the app under test adds the repeated headers."""

from starlette.testclient import TestClient

values = []


async def app(scope, receive, send):
    values.extend(value for name, value in scope["headers"] if name == b"x-token")
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def with_headers(*more):
    async def outer(scope, receive, send):
        await app({**scope, "headers": [*scope["headers"], *more]}, receive, send)

    return outer


TestClient(with_headers((b"x-token", b"one"), (b"x-token", b"two"))).get("/")
if values != [b"one", b"two"]:
    raise LookupError(f"the app receives {values}")
