"""A text in an encoding of its own."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def page(request: Request) -> Response:
    return Response("x".encode("latin-1"), media_type="text/plain; charset=latin-1")


app = Starlette(routes=[Route("/", page)])
