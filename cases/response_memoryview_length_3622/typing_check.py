"""Measurements, sent as the bytes of an array."""

from array import array

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def measurements(request: Request) -> Response:
    return Response(memoryview(array("d", [1.0, 2.0, 3.0])), media_type="application/octet-stream")


app = Starlette(routes=[Route("/", measurements)])
