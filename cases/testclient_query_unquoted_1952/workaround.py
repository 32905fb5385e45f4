"""An app around the app under test is given the query as it should be."""

from urllib.parse import parse_qsl, urlencode

from starlette.testclient import TestClient

queries = []


async def app(scope, receive, send):
    queries.append(scope["query_string"])
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def with_query(**params):
    async def outer(scope, receive, send):
        await app({**scope, "query_string": urlencode(params).encode()}, receive, send)

    return outer


TestClient(with_query(text="a&b=c")).get("/")
if len(queries) != 1 or parse_qsl(queries[0].decode()) != [("text", "a&b=c")]:
    raise LookupError(f"the query is {queries}")
