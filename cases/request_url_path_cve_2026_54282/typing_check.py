"""An endpoint that trusts its own host's name: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request


def is_ours(request: Request) -> bool:
    return request.url.hostname == "example.org"
