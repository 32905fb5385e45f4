"""Headers that the server handed over as a tuple cannot be changed: https://github.com/Kludex/starlette/pull/1917"""

from starlette.datastructures import MutableHeaders

scope = {"type": "http", "headers": ((b"host", b"example.org"),)}
headers = MutableHeaders(scope=scope)
headers["x-request-id"] = "7"
if headers.items() != [("host", "example.org"), ("x-request-id", "7")]:
    raise LookupError(f"the headers are {headers.items()}")
