"""A number as a path parameter."""

from starlette.applications import Starlette
from starlette.routing import Router


def paths(app: Starlette, router: Router) -> list[str]:
    return [
        app.url_path_for("user", user_id=7),  # E: arg-type
        router.url_path_for("user", user_id=7),  # E: arg-type
    ]
