"""Routes and an address made of one: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def page(request: Request) -> Response:
    return PlainTextResponse(str(request.url_for("page", folder="docs", file="index")))


routes = [Route("/{folder}/{file}", page, name="page")]
