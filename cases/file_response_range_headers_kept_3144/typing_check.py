"""One response object as the app for a path."""

from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Mount

logo = FileResponse("logo.png", media_type="image/png")
app = Starlette(routes=[Mount("/logo.png", logo)])
