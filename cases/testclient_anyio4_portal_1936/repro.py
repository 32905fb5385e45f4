"""The test client starts its event loop through a name that anyio 4 no longer has: https://github.com/Kludex/starlette/pull/1936"""

from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

response = TestClient(PlainTextResponse("hello")).get("/")
if (response.status_code, response.text) != (200, "hello"):
    raise AssertionError(f"the response is {response.status_code}, {response.text!r}")
