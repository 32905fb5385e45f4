"""Importing the test client warns where anyio's deprecation is an error: https://github.com/Kludex/starlette/pull/3498"""

import warnings

warnings.filterwarnings("error", message="The anyio", category=DeprecationWarning)

from starlette.testclient import TestClient  # noqa: E402

if not callable(TestClient):
    raise AssertionError(f"the test client is {TestClient!r}")
