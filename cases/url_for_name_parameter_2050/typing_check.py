"""A path parameter that is called name."""

from typing import List

from starlette.applications import Starlette
from starlette.requests import Request


def addresses(app: Starlette, request: Request) -> List[str]:
    return [
        str(app.url_path_for("user", name="ada")),  # E: misc
        str(request.url_for("user", name="ada")),  # E: misc
    ]
