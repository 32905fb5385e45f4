"""A media type that names its charset gets a second one in Content-Type: https://github.com/Kludex/starlette/pull/2443"""

from starlette.responses import Response

content_type = Response("x", media_type="text/plain; charset=latin-1").headers["content-type"]
if content_type == "text/plain; charset=latin-1; charset=utf-8":
    raise AssertionError(f"Content-Type is {content_type!r}")
if content_type != "text/plain; charset=latin-1":
    raise LookupError(f"the header is {content_type!r}")
