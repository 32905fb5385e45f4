"""An endpoint with a further method: a bug of behaviour, so its types agree on both sides."""

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


class Search(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return PlainTextResponse("shown")

    async def query(self, request: Request) -> Response:
        return PlainTextResponse("found", status_code=202)
