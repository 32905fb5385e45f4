"""A typed memoryview as a body, cast to bytes."""

from array import array

from starlette.responses import Response

view = memoryview(array("d", [1.0, 2.0, 3.0]))
response = Response(view.cast("B"))
assert (response.headers["content-length"], len(bytes(response.body))) == ("24", 24), response.headers
