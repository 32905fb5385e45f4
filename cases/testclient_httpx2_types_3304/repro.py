"""The test client answers with httpx2's responses at run time, whatever its annotations say: https://github.com/Kludex/starlette/pull/3304"""

import httpx2
from starlette.exceptions import StarletteDeprecationWarning  # noqa: F401  releases that know httpx alone have none
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

response = TestClient(PlainTextResponse("hello")).get("/")
if not isinstance(response, httpx2.Response):
    raise AssertionError(f"the response is {response!r}")
