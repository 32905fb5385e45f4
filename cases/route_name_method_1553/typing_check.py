"""A route to a method: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


class Users:
    async def listing(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("ada")


route = Route("/users", Users().listing)
