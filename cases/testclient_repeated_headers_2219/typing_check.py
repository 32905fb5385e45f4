"""An app that reads a repeated header: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def tokens(request: Request) -> Response:
    return PlainTextResponse(" ".join(request.headers.getlist("x-token")))
