"""Braces in a value are percent-encoded, as they have to be in an address anyway."""

from urllib.parse import quote

from starlette.routing import Route


async def page(request):
    raise LookupError("nothing is requested")


route = Route("/{folder}/{file}", page, name="page")
path = str(route.url_path_for("page", folder=quote("{file}", safe=""), file="index"))
assert path == "/%7Bfile%7D/index", path
