"""The same page, with url_for put into the environment by hand."""

import jinja2
from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.templating import Jinja2Templates


@jinja2.pass_context
def url_for(context, name, /, **path_params):
    return context["request"].url_for(name, **path_params)


env = jinja2.Environment(loader=jinja2.DictLoader({"page.html": "{{ url_for('home') }}"}))
env.globals["url_for"] = url_for
templates = Jinja2Templates(env=env)

router = Router([Route("/home", lambda request: None, name="home")])
headers = [(b"host", b"example.org")]
scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "router": router}
page = templates.get_template("page.html").render({"request": Request(scope)})
if page != "http://example.org/home":
    raise AssertionError(f"the page is {page!r}")
