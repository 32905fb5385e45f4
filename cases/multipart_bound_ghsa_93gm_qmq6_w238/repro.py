"""starlette[full] is content with a python-multipart that a Content-Type header can stall: https://github.com/Kludex/starlette/security/advisories/GHSA-93gm-qmq6-w238"""

import re
from importlib.metadata import requires

import starlette  # noqa: F401  (whose metadata is read)

FIRST_SAFE = (0, 0, 7)

bounds = [requirement for requirement in requires("starlette") or () if requirement.startswith("python-multipart")]
if not bounds:
    raise LookupError("this release declares no python-multipart")
for requirement in bounds:
    lowest = re.search(r">=\s*([0-9.]+)", requirement)
    if lowest is None or tuple(map(int, lowest[1].split("."))) < FIRST_SAFE:
        raise AssertionError(f"python-multipart 0.0.6 is good enough for {requirement.partition(';')[0].strip()!r}")
