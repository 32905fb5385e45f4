"""Where a request was sent to: a bug of behaviour, so its types agree on every release."""

from starlette.requests import Request


def host(request: Request) -> str:
    return request.url.netloc
