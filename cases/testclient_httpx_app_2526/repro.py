"""TestClient hands httpx an argument that it deprecated in 0.27 and removed in 0.28: https://github.com/Kludex/starlette/pull/2526"""

import warnings

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


warnings.filterwarnings("error", message="The 'app' shortcut is now deprecated")
status = TestClient(app).get("/").status_code
if status != 204:
    raise LookupError(f"the status is {status}")
