"""Exception handlers that are coroutine functions, for the middleware that calls them."""

from starlette.applications import Starlette
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def sorry(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"sorry, {error}", status_code=409)


app = ExceptionMiddleware(Starlette(), handlers={ValueError: sorry})  # E: dict-item
app.add_exception_handler(KeyError, sorry)  # E: arg-type
