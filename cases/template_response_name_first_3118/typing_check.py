"""A page, with the request first: a change of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

templates = Jinja2Templates(directory="templates")


async def page(request: Request) -> Response:
    return templates.TemplateResponse(request, "page.html", {"thing": "tea"})
