"""TestClient.delete() takes no body since TestClient is an httpx client: https://github.com/Kludex/starlette/pull/1376"""

from starlette.testclient import TestClient

bodies = []


async def app(scope, receive, send):
    bodies.append((await receive())["body"])
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


TestClient(app).delete("/", json=[1])
if bodies != [b"[1]"]:
    raise LookupError(f"the app received {bodies}")
