"""TestClient takes the quoting off the query: https://github.com/Kludex/starlette/issues/1952"""

from urllib.parse import parse_qsl

from starlette.testclient import TestClient

queries = []


async def app(scope, receive, send):
    queries.append(scope["query_string"])
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


TestClient(app).get("/", params={"text": "a&b=c"})
if queries == [b"text=a&b=c"]:
    raise AssertionError("a parameter 'a&b=c' arrives as two, in the query b'text=a&b=c'")
if len(queries) != 1 or parse_qsl(queries[0].decode()) != [("text", "a&b=c")]:
    raise LookupError(f"the query is {queries}")
