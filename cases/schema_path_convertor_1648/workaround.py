"""The same schema, its paths without convertors."""

import re

from starlette.routing import Route
from starlette.schemas import SchemaGenerator


class Schemas(SchemaGenerator):
    def get_endpoints(self, routes):
        endpoints = super().get_endpoints(routes)
        return [endpoint._replace(path=re.sub(r":\w+}", "}", endpoint.path)) for endpoint in endpoints]


def user(request):
    """responses: {}"""


paths = [endpoint.path for endpoint in Schemas({}).get_endpoints([Route("/users/{id:int}", user)])]
if paths != ["/users/{id}"]:
    raise AssertionError(f"the paths are {paths}")
