"""A route takes its methods from a tuple or a set at run time, whatever the annotation says: https://github.com/Kludex/starlette/pull/2903"""

from starlette.routing import Route


async def view(request):
    raise AssertionError("nothing is requested")


for methods in (("POST", "PUT"), {"POST", "PUT"}):
    route = Route("/", view, methods=methods)
    if set(route.methods) != {"POST", "PUT"}:
        raise AssertionError(f"the route's methods are {route.methods}")
