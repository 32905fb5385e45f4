"""The same path, with parameters from a dict whose values have no type."""

from typing import Any, Dict

from starlette.applications import Starlette
from starlette.routing import Route

app = Starlette(routes=[Route("/users/{user_id:int}", lambda request: None, name="user")])
params: Dict[str, Any] = {"user_id": 7}
path = app.url_path_for("user", **params)
if path != "/users/7":
    raise AssertionError(f"the path is {path}")
