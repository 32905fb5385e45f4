"""The same route, with its name written down."""

from starlette.routing import Route


class Users:
    def listing(self, request):
        pass


if Route("/users", Users().listing, name="listing").name != "listing":
    raise AssertionError("the route has another name")
