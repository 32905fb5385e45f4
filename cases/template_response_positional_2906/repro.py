"""A positional status code of TemplateResponse(name, context, status_code) is taken for the headers: https://github.com/Kludex/starlette/issues/2906"""

import inspect
import tempfile
import warnings
from pathlib import Path

from starlette.requests import Request
from starlette.templating import Jinja2Templates

if "request" in inspect.signature(Jinja2Templates.TemplateResponse).parameters:
    raise LookupError("TemplateResponse takes the request first, and nothing else")

warnings.simplefilter("ignore", DeprecationWarning)
request = Request({"type": "http", "method": "GET", "path": "/", "headers": []})

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("no {{ thing }} here")
    templates = Jinja2Templates(directory=folder)
    response = templates.TemplateResponse("page.html", {"request": request, "thing": "tea"}, 404)

seen = (response.status_code, response.body)
if seen != (404, b"no tea here"):
    raise AssertionError(f"the response is {seen}")
