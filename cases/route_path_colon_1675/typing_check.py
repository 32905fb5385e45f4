"""A path with a colon: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def weekly(request: Request) -> PlainTextResponse:
    return PlainTextResponse("weekly")


route = Route("/reports:weekly", weekly)
