"""A path with two parameters: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def friend(request: Request) -> PlainTextResponse:
    return PlainTextResponse("grace")


route = Route("/users/{id}/friends/{friend}", friend)
