"""An app around the app under test takes the query off raw_path."""

from starlette.testclient import TestClient

seen = []


async def app(scope, receive, send):
    seen.append(scope["raw_path"])
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def corrected(scope, receive, send):
    if "raw_path" in scope:
        scope = {**scope, "raw_path": scope["raw_path"].split(b"?")[0]}
    await app(scope, receive, send)


TestClient(corrected).get("/a%20b?q=1")
if seen != [b"/a%20b"]:
    raise LookupError(f"raw_path is {seen}")
