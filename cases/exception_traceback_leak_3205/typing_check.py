"""An endpoint that answers with an HTTPException: a bug of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def endpoint(request: Request) -> Response:
    if "id" not in request.query_params:
        raise HTTPException(404)
    return Response("found")


app = Starlette(routes=[Route("/", endpoint)])
