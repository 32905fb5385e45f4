"""A download that is read in pieces of 1 MiB."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route


class LargeChunks(FileResponse):
    chunk_size = 1024 * 1024


async def report(request: Request) -> FileResponse:
    return LargeChunks("report.pdf")


app = Starlette(routes=[Route("/report", report)])
