"""HTTPException with a status code that Python does not know fails with a ValueError: https://github.com/Kludex/starlette/pull/3545"""

from starlette.exceptions import HTTPException

if HTTPException(404).detail != "Not Found":
    raise LookupError("a status has no phrase")
# 520 is what a well-known proxy answers with when the origin makes no sense.
if HTTPException(520).status_code != 520:
    raise LookupError("the status code is lost")
