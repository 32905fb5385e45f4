"""The same request, with the missing name put back into anyio first."""

import anyio
import anyio.from_thread

if not hasattr(anyio, "start_blocking_portal"):
    anyio.start_blocking_portal = anyio.from_thread.start_blocking_portal

from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

response = TestClient(PlainTextResponse("hello")).get("/")
if (response.status_code, response.text) != (200, "hello"):
    raise AssertionError(f"the response is {response.status_code}, {response.text!r}")
