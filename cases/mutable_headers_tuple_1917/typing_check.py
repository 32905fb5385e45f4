"""Headers of a request that are changed: a bug of behaviour, so its types agree on both sides."""

from starlette.datastructures import MutableHeaders
from starlette.types import Scope


def mark(scope: Scope) -> None:
    headers = MutableHeaders(scope=scope)
    headers["x-request-id"] = "7"
