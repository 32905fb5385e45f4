"""The same call, with the request by position."""

from starlette.authentication import AuthCredentials, requires
from starlette.requests import Request


class Users:
    @requires("authenticated")
    def listing(self, request):
        return "ada"


request = Request({"type": "http", "auth": AuthCredentials(["authenticated"])})
assert Users().listing(request) == "ada"
