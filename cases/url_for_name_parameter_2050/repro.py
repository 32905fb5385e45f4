"""A path parameter called name cannot be given to url_path_for(): https://github.com/Kludex/starlette/pull/2050"""

from starlette.applications import Starlette
from starlette.routing import Route

app = Starlette()
app.router.routes.append(Route("/users/{name}", lambda request: None, name="user"))
path = app.url_path_for("user", name="ada")
if path != "/users/ada":
    raise LookupError(f"the path is {path}")
