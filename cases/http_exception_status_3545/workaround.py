"""With a detail nobody asks Python what the status means."""

from starlette.exceptions import HTTPException

error = HTTPException(520, detail="")
assert (error.status_code, error.detail) == (520, "")
