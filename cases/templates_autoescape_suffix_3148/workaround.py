"""The same templates, from an environment that escapes whatever their names are."""

import tempfile
from pathlib import Path

import jinja2
from starlette.templating import Jinja2Templates

with tempfile.TemporaryDirectory() as folder:
    pages = {}
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
    templates = Jinja2Templates(env=env)
    for name in ("page.html", "page.html.j2"):
        Path(folder, name).write_text("{{ user }}")
        pages[name] = templates.get_template(name).render(user="<b>ada</b>")

for name, page in pages.items():
    if page != "&lt;b&gt;ada&lt;/b&gt;":
        raise AssertionError(f"{name} is {page!r}")
