"""An endpoint that answers with an HTTPException: a bug of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def endpoint(request: Request) -> Response:
    raise HTTPException(404)


app = Starlette(routes=[Route("/", endpoint)])
