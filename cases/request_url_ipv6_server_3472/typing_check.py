"""A request's own address: a bug of behaviour, so its types agree on every release."""

from starlette.requests import Request


def address(request: Request) -> str:
    return str(request.url)
