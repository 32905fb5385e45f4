"""A template whose name does not end in .html, .htm or .xml is rendered without escaping: https://github.com/Kludex/starlette/pull/3148"""

import tempfile
from pathlib import Path

from starlette.templating import Jinja2Templates

with tempfile.TemporaryDirectory() as folder:
    pages = {}
    for name in ("page.html", "page.html.j2"):
        Path(folder, name).write_text("{{ user }}")
        pages[name] = Jinja2Templates(directory=folder).get_template(name).render(user="<b>ada</b>")

for name, page in pages.items():
    if page == "<b>ada</b>":
        raise AssertionError(f"{name} is not escaped: {page!r}")
    if page != "&lt;b&gt;ada&lt;/b&gt;":
        raise LookupError(f"{name} is {page!r}")
