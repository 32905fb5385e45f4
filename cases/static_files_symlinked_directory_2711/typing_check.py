"""An app that serves the files of a folder: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

app = Starlette(
    routes=[Mount("/static", StaticFiles(directory="static", check_dir=False, follow_symlink=True), name="static")]
)
