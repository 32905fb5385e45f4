"""A list of routes: a change of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def page(request: Request) -> Response:
    return PlainTextResponse("found")


app = Starlette(routes=[Route("/page", page)])
