"""The endpoints that a schema describes."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.schemas import EndpointInfo, SchemaGenerator


async def user(request: Request) -> JSONResponse:
    return JSONResponse({})


def described(routes: "list[BaseRoute]") -> "list[EndpointInfo]":
    return SchemaGenerator({}).get_endpoints(routes)


described([Route("/users/{id:int}", user)])
