"""The paths of a schema: a bug of behaviour, so its types agree on both sides."""

from typing import List

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.schemas import SchemaGenerator


async def user(request: Request) -> JSONResponse:
    return JSONResponse({})


def paths(routes: List[BaseRoute]) -> List[str]:
    return [endpoint.path for endpoint in SchemaGenerator({}).get_endpoints(routes)]


paths([Route("/users/{id:int}", user)])
