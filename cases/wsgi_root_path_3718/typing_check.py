"""A WSGI app inside of an ASGI app: a bug of behaviour, so its types agree on both sides."""

from typing import Any, Callable, Iterable

from starlette.middleware.wsgi import WSGIMiddleware


def hello(environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(environ["PATH_INFO"]).encode()]


app = WSGIMiddleware(hello)
