"""A mounted router: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, Router


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("found")


app = Router(routes=[Mount("/c+", routes=[Route("/page", page)])])
