"""The warning about a timeout is put on TestClient's own line: https://github.com/Kludex/starlette/pull/3322"""

import os
import warnings

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


client = TestClient(app)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    client.request("GET", "/", timeout=3)

places = [os.path.basename(each.filename) for each in caught if "'timeout' argument" in str(each.message)]
if not places:
    raise LookupError("a timeout is taken without a warning")
if places[0] != os.path.basename(__file__):
    raise AssertionError(f"the warning points at {places[0]}")
