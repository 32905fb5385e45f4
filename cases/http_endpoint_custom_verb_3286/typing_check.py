"""An endpoint with a further method: a change of behaviour, so its types agree on both sides."""

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


class Folder(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return PlainTextResponse("shown")

    async def propfind(self, request: Request) -> Response:
        return PlainTextResponse("listed", status_code=207)
