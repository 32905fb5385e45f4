"""An app in debug mode: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def page(request: Request) -> PlainTextResponse:
    raise ZeroDivisionError


app = Starlette(debug=True, routes=[Route("/", page)])
