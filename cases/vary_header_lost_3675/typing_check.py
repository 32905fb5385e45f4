"""A response that varies: a bug of behaviour, so its types agree on every release."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse


def page(text: str) -> PlainTextResponse:
    response = PlainTextResponse(text)
    headers: MutableHeaders = response.headers
    headers.add_vary_header("Accept-Language")
    return response
