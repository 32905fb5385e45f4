"""A route with a float: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def size(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(request.path_params["size"]))


route = Route("/sizes/{size:float}", size)
