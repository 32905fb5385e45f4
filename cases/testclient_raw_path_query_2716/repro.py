"""scope["raw_path"] of a TestClient's request has the query in it: https://github.com/Kludex/starlette/pull/2716"""

from starlette.testclient import TestClient

seen = []


async def app(scope, receive, send):
    if scope["query_string"] != b"q=1" or scope["path"] != "/a b":
        raise LookupError("the path or the query has not arrived")
    seen.append(scope["raw_path"])
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


TestClient(app).get("/a%20b?q=1")
if seen == [b"/a%20b?q=1"]:
    raise AssertionError("raw_path is b'/a%20b?q=1', with the query")
if seen != [b"/a%20b"]:
    raise LookupError(f"raw_path is {seen}")
