"""The same request, whose response is told to be one of httpx2's."""

from typing import cast

import httpx2
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

response = cast("httpx2.Response", TestClient(PlainTextResponse("hello")).get("/"))
if not isinstance(response, httpx2.Response):
    raise AssertionError(f"the response is {response!r}")
