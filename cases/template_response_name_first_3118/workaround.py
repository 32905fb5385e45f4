"""The same page, with the request first."""

import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.templating import Jinja2Templates

request = Request({"type": "http", "method": "GET", "path": "/", "headers": []})

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("some {{ thing }}")
    templates = Jinja2Templates(directory=folder)
    response = templates.TemplateResponse(request, "page.html", {"thing": "tea"})

if response.body != b"some tea":
    raise LookupError(f"the page is {response.body}")
