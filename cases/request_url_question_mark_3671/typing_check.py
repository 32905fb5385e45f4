"""A view that links to itself: a bug of behaviour, so its types agree on every release."""

from starlette.requests import Request
from starlette.responses import RedirectResponse


def view(request: Request) -> RedirectResponse:
    return RedirectResponse(url=str(request.url.replace(query="page=2")))
