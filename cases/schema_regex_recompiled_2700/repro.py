"""SchemaGenerator leaves its pattern to the cache of re, and compiles it anew when that is full: https://github.com/Kludex/starlette/pull/2700"""

import re
import sys

from starlette.routing import Route
from starlette.schemas import SchemaGenerator


def view(request):
    """responses: {}"""


compiled = 0


def profile(frame, event, argument):
    global compiled
    code = frame.f_code
    if (event, code.co_name) == ("call", "compile") and code.co_filename.endswith(("_compiler.py", "sre_compile.py")):
        compiled += 1


generator = SchemaGenerator({})
routes = [Route("/users/{id:int}", view)]
re.purge()  # what 512 other patterns do to the cache
sys.setprofile(profile)
endpoints = generator.get_endpoints(routes)
sys.setprofile(None)

if [endpoint.path for endpoint in endpoints] != ["/users/{id}"]:
    raise LookupError(f"the endpoints are {endpoints}")
if compiled:
    raise AssertionError(f"patterns compiled to describe a route: {compiled}")
