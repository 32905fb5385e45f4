"""An endpoint that asks who the client is: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def who(request: Request) -> Response:
    return PlainTextResponse(request.client.host if request.client else "nobody")
