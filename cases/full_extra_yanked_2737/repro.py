"""The oldest python-multipart that starlette[full] allows is one that was withdrawn: https://github.com/Kludex/starlette/pull/2737"""

import re
from importlib.metadata import requires

import starlette

# Withdrawn from the index; those that follow, 0.0.15 and later, are not.
YANKED = ["0.0.13", "0.0.14"]

wanted = [line for line in requires(starlette.__name__) or [] if re.match(r"python-multipart\b.*extra", line)]
if not wanted:
    raise LookupError("this release has no extra for python-multipart")

oldest = re.search(r">=\s*([0-9.]+)", wanted[0])
if oldest and oldest[1] in YANKED:
    raise AssertionError(f"starlette[full] starts at python-multipart {oldest[1]}, which is yanked")
