"""Templates from a directory: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.templating import Jinja2Templates

templates = Jinja2Templates(directory="templates")


def page(request: Request) -> str:
    return templates.get_template("page.html").render({"request": request})
