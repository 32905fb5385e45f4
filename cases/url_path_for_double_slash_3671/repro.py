"""url_path_for returns a path that a browser takes for the address of another host: https://github.com/Kludex/starlette/pull/3671"""

from urllib.parse import urljoin

from starlette.routing import Route, Router


def page(request):
    raise NotImplementedError


router = Router([Route("/{path:path}", endpoint=page, name="page")])
if router.url_path_for("page", path="docs/intro") != "/docs/intro":
    raise LookupError("the route has another path")

location = router.url_path_for("page", path="/evil.example/login")
target = urljoin("https://example.org/", location)
if target.startswith("https://evil.example"):
    raise AssertionError(f"a redirect to {str(location)!r} leads to {target!r}")
if not target.startswith("https://example.org/"):
    raise LookupError(f"a redirect to {str(location)!r} leads to {target!r}")
