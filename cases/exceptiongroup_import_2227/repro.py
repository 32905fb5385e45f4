"""Importing BaseHTTPMiddleware needs a package that only anyio 4 brings: https://github.com/Kludex/starlette/issues/2227"""

from starlette.middleware.base import BaseHTTPMiddleware

middleware = BaseHTTPMiddleware(None, dispatch=lambda request, call_next: None)
if not callable(middleware):
    raise AssertionError(f"the middleware is {middleware!r}")
