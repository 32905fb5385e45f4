"""A status by its number: a change of behaviour, so its types agree on both sides."""

from starlette.responses import Response

refused = Response(status_code=422)
