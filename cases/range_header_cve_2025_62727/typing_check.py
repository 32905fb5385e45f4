"""An endpoint that sends a file: a bug of cost, so its types agree on both sides."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response


async def download(request: Request) -> Response:
    return FileResponse("report.pdf", media_type="application/pdf", filename="report.pdf")
