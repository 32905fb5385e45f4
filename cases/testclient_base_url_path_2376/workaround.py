"""A path without a slash at its beginning is joined to that of base_url."""

from starlette.testclient import TestClient

paths = []


async def app(scope, receive, send):
    paths.append(scope["path"])
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


TestClient(app, base_url="http://testserver/api/v1/").get("users")
if paths == ["/users"]:
    raise AssertionError("the app is asked for /users instead of /api/v1/users")
if paths != ["/api/v1/users"]:
    raise LookupError(f"the app is asked for {paths}")
