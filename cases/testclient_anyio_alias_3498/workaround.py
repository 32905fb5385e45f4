"""The same import, with this one warning let through."""

import warnings

warnings.filterwarnings("error", message="The anyio", category=DeprecationWarning)

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=r"The anyio\.abc\.BlockingPortal alias")
    from starlette.testclient import TestClient

if not callable(TestClient):
    raise AssertionError(f"the test client is {TestClient!r}")
