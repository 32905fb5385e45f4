"""The same methods, as lists."""

from starlette.routing import Route


async def view(request):
    raise AssertionError("nothing is requested")


for methods in (("POST", "PUT"), {"POST", "PUT"}):
    route = Route("/", view, methods=list(methods))
    if set(route.methods or ()) != {"POST", "PUT"}:
        raise AssertionError(f"the route's methods are {route.methods}")
