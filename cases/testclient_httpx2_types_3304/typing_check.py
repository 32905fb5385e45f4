"""A test's helper that is typed with httpx2, the package that the test client asks for."""

import httpx2
from starlette.exceptions import StarletteDeprecationWarning
from starlette.testclient import TestClient

IGNORED = [StarletteDeprecationWarning]  # new in 1.2.0, like the support for httpx2


def get(client: TestClient) -> httpx2.Response:
    return client.get("/")  # E: no-any-return
