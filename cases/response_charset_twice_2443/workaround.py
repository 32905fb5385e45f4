"""A Content-Type with a charset of its own, given as a header."""

from starlette.responses import Response

response = Response("x", headers={"content-type": "text/plain; charset=latin-1"})
assert response.headers["content-type"] == "text/plain; charset=latin-1", response.headers
