"""starlette[full] is content with a python-multipart that logs each byte around a form: https://github.com/advisories/GHSA-59g5-xgcq-4qw3"""

import re
from importlib.metadata import requires

import starlette  # noqa: F401  (whose metadata is read)

FIRST_SAFE = (0, 0, 18)

bounds = [requirement for requirement in requires("starlette") or () if requirement.startswith("python-multipart")]
if not bounds:
    raise LookupError("this release declares no python-multipart")
for requirement in bounds:
    lowest = re.search(r">=\s*([0-9.]+)", requirement)
    if lowest is None or tuple(map(int, lowest[1].split("."))) < FIRST_SAFE:
        raise AssertionError(f"python-multipart 0.0.17 is good enough for {requirement.partition(';')[0].strip()!r}")
