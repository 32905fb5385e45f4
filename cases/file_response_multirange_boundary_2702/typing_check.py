"""A download, which a client may ask for in parts."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route


async def report(request: Request) -> FileResponse:
    return FileResponse("report.pdf")


app = Starlette(routes=[Route("/report", report)])
