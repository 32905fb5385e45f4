"""Several Vary headers are made one before something is added."""

from starlette.datastructures import MutableHeaders

headers = MutableHeaders(raw=[(b"vary", b"Accept-Language"), (b"vary", b"Cookie")])
headers["vary"] = ", ".join(headers.getlist("vary"))
headers.add_vary_header("Accept-Encoding")
assert headers.getlist("vary") == ["Accept-Language, Cookie, Accept-Encoding"], headers
