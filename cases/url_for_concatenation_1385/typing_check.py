"""An address as a string: a change of behaviour, and str() is right on both sides."""

from starlette.requests import Request


def address(request: Request) -> str:
    return str(request.url_for("page")) + "?again=1"
