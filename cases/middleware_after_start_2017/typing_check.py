"""A middleware that is added before the start: a change of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

app = Starlette()
app.add_middleware(GZipMiddleware, minimum_size=1000)
