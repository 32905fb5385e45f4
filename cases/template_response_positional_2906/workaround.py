"""The same page, twice: with a status code by keyword, and with the request as the first argument."""

import tempfile
import warnings
from pathlib import Path

from starlette.requests import Request
from starlette.templating import Jinja2Templates

warnings.simplefilter("ignore", DeprecationWarning)
request = Request({"type": "http", "method": "GET", "path": "/", "headers": []})

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("no {{ thing }} here")
    templates = Jinja2Templates(directory=folder)
    responses = [
        templates.TemplateResponse("page.html", {"request": request, "thing": "tea"}, status_code=404),
        templates.TemplateResponse(request, "page.html", {"thing": "tea"}, 404),
    ]

for response in responses:
    seen = (response.status_code, response.body)
    if seen != (404, b"no tea here"):
        raise AssertionError(f"the response is {seen}")
