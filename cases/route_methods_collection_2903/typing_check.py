"""HTTP methods of a route in a tuple and in a set."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def view(request: Request) -> Response:
    return PlainTextResponse(request.method)


routes = [
    Route("/tuple", view, methods=("GET", "POST")),  # E: arg-type
    Route("/set", view, methods={"GET", "POST"}),  # E: arg-type
]
