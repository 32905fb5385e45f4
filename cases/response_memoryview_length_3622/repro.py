"""The Content-Length of a typed memoryview counts its items, not its bytes: https://github.com/Kludex/starlette/pull/3622"""

from array import array

from starlette.responses import Response

response = Response(memoryview(array("d", [1.0, 2.0, 3.0])))
length, size = response.headers["content-length"], len(bytes(response.body))
if size != 24:
    raise LookupError(f"the body has {size} bytes")
if length == "3":
    raise AssertionError(f"Content-Length is {length} for a body of {size} bytes")
if length != "24":
    raise LookupError(f"the header says {length}")
