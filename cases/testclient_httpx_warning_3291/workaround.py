"""That one warning is let through, while all others of its kind stay errors."""

import warnings

warnings.filterwarnings("error", message="Using .httpx.")
warnings.filterwarnings("ignore", message="Using .httpx. with .starlette.testclient. is deprecated")

from starlette.testclient import TestClient  # noqa: E402


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


status = TestClient(app).get("/").status_code
if status != 204:
    raise LookupError(f"the status is {status}")
