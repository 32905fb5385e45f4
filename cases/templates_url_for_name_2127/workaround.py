"""The same page, with a function in the template's context that takes the parameters as a mapping."""

import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.templating import Jinja2Templates

router = Router([Route("/users/{name}", lambda request: None, name="user")])
headers = [(b"host", b"example.org")]
scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "router": router}

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("{{ user_url }}")
    template = Jinja2Templates(directory=folder).get_template("page.html")
    request = Request(scope)
    user_url = router.url_path_for("user", name="ada").make_absolute_url(request.base_url)
    page = template.render({"request": request, "user_url": user_url})

if page != "http://example.org/users/ada":
    raise AssertionError(f"the page is {page!r}")
