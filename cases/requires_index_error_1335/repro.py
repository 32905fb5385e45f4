"""requires() ends in IndexError where self is positional and the request a keyword: https://github.com/Kludex/starlette/pull/1335"""

from starlette.authentication import AuthCredentials, requires
from starlette.requests import Request


class Users:
    @requires("authenticated")
    def listing(self, request):
        return "ada"


request = Request({"type": "http", "auth": AuthCredentials(["authenticated"])})
users = Users().listing(request=request)
if users != "ada":
    raise LookupError(f"the users are {users}")
