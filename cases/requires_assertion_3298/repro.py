"""A function under requires() whose "request" is no Request fails with an empty AssertionError: https://github.com/Kludex/starlette/pull/3298"""

from starlette.authentication import requires
from starlette.requests import Request


@requires("authenticated")
def view(request):
    raise NotImplementedError("only an authenticated user gets here")


# The name "request" belongs to the request, but it was given to what the client wants to have.
try:
    view({"id": 1})
except AssertionError as error:
    if "'request'" not in str(error) or Request.__name__ not in str(error):
        raise
else:
    raise LookupError("a dictionary was taken for a request")
