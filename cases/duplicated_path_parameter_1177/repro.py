"""A path with the same parameter twice ends in an error of re: https://github.com/Kludex/starlette/pull/1177"""

from starlette.routing import Route

try:
    Route("/users/{id}/friends/{id}", lambda request: None)
except ValueError as error:
    if "/users/{id}/friends/{id}" not in str(error):
        raise LookupError(f"the error does not name the path: {error}")
else:
    raise LookupError("the path is accepted")
