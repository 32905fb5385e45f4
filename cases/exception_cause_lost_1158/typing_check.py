"""An endpoint that raises with a cause: a bug of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def endpoint(request: Request) -> Response:
    try:
        return Response(request.query_params["name"])
    except KeyError as error:
        raise RuntimeError("no name") from error


app = Starlette(routes=[Route("/", endpoint)])
