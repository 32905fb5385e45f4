"""The same directory, as a string."""

import tempfile
from pathlib import Path

from starlette.templating import Jinja2Templates

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("hello {{ name }}")
    page = Jinja2Templates(directory=str(Path(folder))).get_template("page.html").render(name="ada")

if page != "hello ada":
    raise AssertionError(f"the page is {page!r}")
