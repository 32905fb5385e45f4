"""Jinja2Templates takes a path at run time, whatever its annotation says: https://github.com/Kludex/starlette/pull/1292"""

import tempfile
from pathlib import Path

from starlette.templating import Jinja2Templates

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("hello {{ name }}")
    page = Jinja2Templates(directory=Path(folder)).get_template("page.html").render(name="ada")

if page != "hello ada":
    raise AssertionError(f"the page is {page!r}")
