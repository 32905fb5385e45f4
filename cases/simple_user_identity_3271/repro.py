"""identity of SimpleUser and UnauthenticatedUser raises NotImplementedError: https://github.com/Kludex/starlette/pull/3271"""

from starlette.authentication import SimpleUser, UnauthenticatedUser

if not hasattr(SimpleUser, "identity"):
    raise LookupError("a user has no identity in this release")
if (SimpleUser("ada").display_name, UnauthenticatedUser().display_name) != ("ada", ""):
    raise LookupError("a user has no name")
if (SimpleUser("ada").identity, UnauthenticatedUser().identity) != ("ada", ""):
    raise LookupError("a user's identity is something else")
