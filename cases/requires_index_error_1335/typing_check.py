"""An endpoint that asks for a scope: a bug of behaviour, so its types agree on both sides."""

from typing import Any, Callable

from starlette.authentication import requires
from starlette.requests import Request
from starlette.responses import PlainTextResponse


def users(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ada")


guard: Callable[..., Any] = requires("authenticated")
guarded: Callable[..., Any] = guard(users)
