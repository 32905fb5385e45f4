"""A guard that looks at the request's path: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request


def is_guarded(request: Request) -> bool:
    return request.url.path.startswith("/admin")
