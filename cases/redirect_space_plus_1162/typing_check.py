"""A redirect to a path with a space."""

from starlette.requests import Request
from starlette.responses import RedirectResponse


async def moved(request: Request) -> RedirectResponse:
    return RedirectResponse("/bob ross/greeting")
