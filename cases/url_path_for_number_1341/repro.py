"""A number as a path parameter works at run time, whatever the annotation says: https://github.com/Kludex/starlette/pull/1341"""

from starlette.applications import Starlette
from starlette.routing import Route

app = Starlette(routes=[Route("/users/{user_id:int}", lambda request: None, name="user")])
path = app.url_path_for("user", user_id=7)
if path != "/users/7":
    raise AssertionError(f"the path is {path}")
