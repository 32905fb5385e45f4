"""An endpoint that is a descriptor and has no __name__ cannot be routed: https://github.com/Kludex/starlette/issues/2638"""

from starlette.routing import Route


class View:
    """A decorator written as a class. With __get__ it works on methods too, and inspect takes it for a routine."""

    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        return self

    async def __call__(self, *arguments):
        raise LookupError(f"nothing is requested, and {arguments} came")


@View
def page(request):
    raise LookupError("nothing is requested")


route = Route("/", page)
if route.name != "View":
    raise LookupError(f"the route is named {route.name}")
