"""A view for those who are logged in: a bug of a message, so its types agree on every release."""

from starlette.authentication import has_required_scope
from starlette.requests import Request


def allowed(request: Request) -> bool:
    return has_required_scope(request, ["authenticated"])
