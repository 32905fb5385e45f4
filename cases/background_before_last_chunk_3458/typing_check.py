"""A response with a background task: a bug of behaviour, so its types agree on every release."""

from starlette.background import BackgroundTask
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response


async def clean_up() -> None:
    pass


class WithTask(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        await call_next(request)
        return Response("done", background=BackgroundTask(clean_up))
