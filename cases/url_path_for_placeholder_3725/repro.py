"""url_path_for replaces what looks like a placeholder inside a parameter's value: https://github.com/Kludex/starlette/pull/3725"""

from starlette.routing import Route


async def page(request):
    raise LookupError("nothing is requested")


route = Route("/{folder}/{file}", page, name="page")
path = str(route.url_path_for("page", folder="docs", file="index"))
if path != "/docs/index":
    raise LookupError(f"plain values give {path}")
path = str(route.url_path_for("page", folder="{file}", file="index"))
if path == "/index/index":
    raise AssertionError("the folder '{file}' and the file 'index' give /index/index")
if path != "/{file}/index":
    raise LookupError(f"the folder '{{file}}' gives {path}")
