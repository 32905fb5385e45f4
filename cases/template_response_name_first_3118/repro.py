"""TemplateResponse(name, context) takes the name for the request: https://github.com/Kludex/starlette/pull/3118"""

import tempfile
import warnings
from pathlib import Path

from starlette.requests import Request
from starlette.templating import Jinja2Templates

warnings.simplefilter("ignore", DeprecationWarning)
request = Request({"type": "http", "method": "GET", "path": "/", "headers": []})

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("some {{ thing }}")
    templates = Jinja2Templates(directory=folder)
    response = templates.TemplateResponse("page.html", {"request": request, "thing": "tea"})

if response.body != b"some tea":
    raise LookupError(f"the page is {response.body}")
