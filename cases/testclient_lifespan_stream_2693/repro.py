"""TestClient's with statement leaves a memory stream unclosed: https://github.com/Kludex/starlette/pull/2693"""

import gc
import warnings

from starlette.testclient import TestClient

served = []


async def app(scope, receive, send):
    for word in ("startup", "shutdown"):
        served.append((await receive())["type"])
        await send({"type": f"lifespan.{word}.complete"})


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    with TestClient(app) as client:
        pass
    del client
    gc.collect()

if served != ["lifespan.startup", "lifespan.shutdown"]:
    raise LookupError(f"the app was served {served}")
leaks = {str(each.message).split(" at ")[0].rstrip(">") for each in caught if each.category is ResourceWarning}
if "Unclosed <MemoryObjectReceiveStream" in leaks:
    raise AssertionError("TestClient's with statement leaves an unclosed MemoryObjectReceiveStream")
if leaks:
    raise LookupError(f"unclosed: {leaks}")
