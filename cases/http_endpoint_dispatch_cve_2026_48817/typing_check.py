"""A class-based endpoint with a helper: a bug of behaviour, so its types agree on both sides."""

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


class Account(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return PlainTextResponse("shown")

    async def post(self, request: Request) -> Response:
        return await self.erase_all(request)

    async def erase_all(self, request: Request) -> Response:
        return PlainTextResponse("erased")
