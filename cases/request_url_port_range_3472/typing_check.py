"""The port that a request was sent to: a bug of behaviour, so its types agree on every release."""

from starlette.requests import Request


def port(request: Request) -> int:
    return request.url.port or 80
