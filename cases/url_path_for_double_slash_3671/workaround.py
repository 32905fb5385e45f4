"""What url_path_for returns is made to stay on this host before it is sent."""

from urllib.parse import urljoin

from starlette.routing import Route, Router


def within(path):
    path = path.replace("\\", "%5C")
    return "/%2F" + path[2:] if path.startswith("//") else path


def page(request):
    raise NotImplementedError


router = Router([Route("/{path:path}", endpoint=page, name="page")])
location = within(router.url_path_for("page", path="/evil.example/login"))
target = urljoin("https://example.org/", location)
assert target == "https://example.org/%2Fevil.example/login", target
assert within(router.url_path_for("page", path="docs/intro")) == "/docs/intro"
