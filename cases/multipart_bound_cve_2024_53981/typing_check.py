"""An endpoint that reads a form: a bug of packaging, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def register(request: Request) -> Response:
    form = await request.form()
    return PlainTextResponse("Hello, " + str(form.get("name")))
