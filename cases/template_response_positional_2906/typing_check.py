"""A page that is missing, with the request first: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

templates = Jinja2Templates(directory="templates")


async def missing(request: Request, error: Exception) -> Response:
    return templates.TemplateResponse(request, "404.html", {"thing": "tea"}, 404, {"x-reason": "gone"})
