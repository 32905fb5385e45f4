"""starlette[full] is content with a httpx that is years old: https://github.com/Kludex/starlette/pull/2773"""

import re
from importlib.metadata import requires

import starlette  # noqa: F401  (whose metadata is read)

TESTED = (0, 27, 0)  # what the fix asks for

bounds = [line for line in requires("starlette") or () if re.match(r"httpx\b.*extra", line)]
if not bounds:
    raise LookupError("this release has no extra for httpx")
lowest = re.search(r">=\s*([0-9.]+)", bounds[0])
if lowest is None or tuple(map(int, lowest[1].split("."))) < TESTED:
    raise AssertionError(f"starlette[full] starts at httpx {lowest[1] if lowest else 'any'}")
