"""A request's state: a bug of packaging, so its types agree on both sides."""

from starlette.requests import Request


async def greet(request: Request) -> str:
    return f"Hello, {request.state.user}"
