"""An environment of one's own gets no url_for: https://github.com/Kludex/starlette/pull/2230"""

import jinja2
from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.templating import Jinja2Templates

env = jinja2.Environment(loader=jinja2.DictLoader({"page.html": "{{ url_for('home') }}"}))
templates = Jinja2Templates(env=env)

router = Router([Route("/home", lambda request: None, name="home")])
headers = [(b"host", b"example.org")]
scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "router": router}
try:
    page = templates.get_template("page.html").render({"request": Request(scope)})
except jinja2.UndefinedError as error:
    raise error.with_traceback(None)

if page != "http://example.org/home":
    raise AssertionError(f"the page is {page!r}")
