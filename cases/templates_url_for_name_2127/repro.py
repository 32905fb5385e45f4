"""A template cannot build the URL of a route that has a parameter called name: https://github.com/Kludex/starlette/pull/2127"""

import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.templating import Jinja2Templates

router = Router([Route("/users/{name}", lambda request: None, name="user")])
headers = [(b"host", b"example.org")]
scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "router": router}

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "page.html").write_text("{{ url_for('user', name='ada') }}")
    template = Jinja2Templates(directory=folder).get_template("page.html")
    try:
        page = template.render({"request": Request(scope)})
    except TypeError as error:
        raise error.with_traceback(None)

if page != "http://example.org/users/ada":
    raise AssertionError(f"the page is {page!r}")
