"""A route whose endpoint is a method gets the name "method": https://github.com/Kludex/starlette/pull/1553"""

from starlette.routing import Route


class Users:
    def listing(self, request):
        pass


name = Route("/users", Users().listing).name
if name == "method":
    raise AssertionError("the route to Users().listing is named 'method'")
if name != "listing":
    raise LookupError(f"the route is named {name!r}")
