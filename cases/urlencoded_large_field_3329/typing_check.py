"""An endpoint that reads a form: a change of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def upload(request: Request) -> Response:
    form = await request.form()
    return PlainTextResponse(str(form.get("text")))
