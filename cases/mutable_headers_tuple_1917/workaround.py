"""The same headers, made a list before they are changed."""

from starlette.datastructures import MutableHeaders

scope = {"type": "http", "headers": ((b"host", b"example.org"),)}
scope["headers"] = list(scope["headers"])
headers = MutableHeaders(scope=scope)
headers["x-request-id"] = "7"
if scope["headers"] != [(b"host", b"example.org"), (b"x-request-id", b"7")]:
    raise AssertionError(f"the headers are {scope['headers']}")
