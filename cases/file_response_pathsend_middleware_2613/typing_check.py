"""A file behind a middleware that adds a header."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route


class Seen(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers["x-seen"] = "yes"
        return response


async def report(request: Request) -> FileResponse:
    return FileResponse("report.pdf")


app = Starlette(routes=[Route("/report", report)], middleware=[Middleware(Seen)])
