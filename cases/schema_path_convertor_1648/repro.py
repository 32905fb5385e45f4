"""A path of the OpenAPI schema still has its convertor in it: https://github.com/Kludex/starlette/pull/1648"""

from starlette.routing import Route
from starlette.schemas import SchemaGenerator


def user(request):
    """responses: {}"""


endpoints = SchemaGenerator({}).get_endpoints([Route("/users/{id:int}", user)])
paths = [endpoint.path for endpoint in endpoints]
if paths == ["/users/{id:int}"]:
    raise AssertionError("the path in the schema is /users/{id:int}")
if paths != ["/users/{id}"]:
    raise LookupError(f"the paths are {paths}")
