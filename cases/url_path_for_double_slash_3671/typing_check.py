"""A redirect within the site: a bug of behaviour, so its types agree on every release."""

from starlette.responses import RedirectResponse
from starlette.routing import Router


def redirect(router: Router, path: str) -> RedirectResponse:
    return RedirectResponse(url=router.url_path_for("page", path=path))
