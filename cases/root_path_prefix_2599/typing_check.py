"""An app with a root_path: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router


async def bees(request: Request) -> Response:
    return PlainTextResponse(str(request.scope["root_path"]))


app = Router(routes=[Route("/apiary", bees)])
