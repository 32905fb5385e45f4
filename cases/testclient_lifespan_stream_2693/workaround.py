"""The warning is let through, in the tests' own filters."""

import gc
import warnings

from starlette.testclient import TestClient


async def app(scope, receive, send):
    for word in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{word}.complete"})


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.filterwarnings("ignore", "Unclosed <MemoryObject", ResourceWarning)
    with TestClient(app) as client:
        pass
    del client
    gc.collect()

leaks = [str(each.message) for each in caught if each.category is ResourceWarning]
if leaks:
    raise LookupError(f"unclosed: {leaks}")
