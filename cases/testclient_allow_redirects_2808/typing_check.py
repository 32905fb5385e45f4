"""The app that the test client drives: a change of behaviour, so its types agree on both sides."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

app: ASGIApp = PlainTextResponse("hello")
