"""By which names Starlette's things are used, beside their own: FastAPI's, and those of what derives from them.

Each row says that whoever uses the name on the left uses those on the right too: it is another name for them, derives
from them, gives them back or calls them. A row holds for what lies below the name as well. Taken from the sources of
Starlette 0.13 to 1.10 and FastAPI 0.60 to 0.140.
"""

from collections.abc import Mapping
from functools import cache

_URL_PATH_FOR = "starlette.routing.Router.url_path_for"
_FASTAPI: Mapping[str, tuple[str, ...]] = {
    # The whole of it is imported by import fastapi.
    "fastapi": ("starlette",),
    "fastapi.applications": ("fastapi",),
    "fastapi.background": ("starlette.background",),
    "fastapi.concurrency": ("starlette.concurrency",),
    "fastapi.datastructures": ("starlette.datastructures", "fastapi"),
    "fastapi.exceptions": ("starlette.exceptions", "fastapi"),
    "fastapi.middleware": ("starlette.middleware",),
    "fastapi.param_functions": ("fastapi",),
    "fastapi.params": ("fastapi",),
    "fastapi.requests": ("starlette.requests",),
    "fastapi.responses": ("starlette.responses",),
    "fastapi.routing": ("starlette.routing", "fastapi"),
    "fastapi.staticfiles": ("starlette.staticfiles",),
    "fastapi.status": ("starlette.status",),
    "fastapi.templating": ("starlette.templating",),
    "fastapi.testclient": ("starlette.testclient",),
    "fastapi.websockets": ("starlette.websockets",),
    # Its documentation is routes, too.
    "fastapi.FastAPI": ("starlette.applications.Starlette", "starlette.routing.Route"),
    "fastapi.APIRouter": ("starlette.routing.Router", "starlette.routing.Route"),
    "fastapi.APIRouter.websocket": ("starlette.routing.WebSocketRoute",),
    "fastapi.APIRouter.add_api_websocket_route": ("starlette.routing.WebSocketRoute",),
    "fastapi.FastAPI.add_api_websocket_route": ("starlette.routing.WebSocketRoute",),
    "fastapi.FastAPI.websocket": ("starlette.routing.WebSocketRoute",),
    "fastapi.routing.APIRoute": ("starlette.routing.Route",),
    "fastapi.routing.APIWebSocketRoute": ("starlette.routing.WebSocketRoute",),
    "fastapi.BackgroundTasks": ("starlette.background.BackgroundTasks",),
    "fastapi.HTTPException": ("starlette.exceptions.HTTPException",),
    "fastapi.Request": ("starlette.requests.Request",),
    "fastapi.Response": ("starlette.responses.Response",),
    "fastapi.WebSocket": ("starlette.websockets.WebSocket",),
    "fastapi.WebSocketDisconnect": ("starlette.websockets.WebSocketDisconnect",),
    "fastapi.WebSocketException": ("starlette.exceptions.WebSocketException",),
    # A parameter that is declared so has FastAPI call request.form().
    "fastapi.File": ("starlette.requests.Request.form",),
    "fastapi.Form": ("starlette.requests.Request.form",),
    "fastapi.UploadFile": ("starlette.datastructures.UploadFile", "starlette.requests.Request.form"),
    "fastapi.security.OAuth2PasswordRequestForm": ("starlette.requests.Request.form",),
    "fastapi.security.OAuth2PasswordRequestFormStrict": ("starlette.requests.Request.form",),
    "fastapi.security.oauth2": ("fastapi.security",),
    "fastapi.responses.ORJSONResponse": ("starlette.responses.JSONResponse",),
    "fastapi.responses.UJSONResponse": ("starlette.responses.JSONResponse",),
    "fastapi.sse.EventSourceResponse": ("starlette.responses.StreamingResponse",),
}

_STARLETTE: Mapping[str, tuple[str, ...]] = {
    # As the module was called in the beginning.
    "starlette.request": ("starlette.requests",),
    "starlette.applications.Starlette": ("starlette.routing.Router",),
    "starlette.applications.Starlette.router": ("starlette.routing.Router",),
    "starlette.applications.Starlette.middleware": ("starlette.middleware.base.BaseHTTPMiddleware",),
    "starlette.routing.Router.add_route": ("starlette.routing.Route",),
    "starlette.routing.Router.add_websocket_route": ("starlette.routing.WebSocketRoute",),
    "starlette.routing.Router.host": ("starlette.routing.Host",),
    "starlette.routing.Router.mount": ("starlette.routing.Mount",),
    "starlette.routing.Router.route": ("starlette.routing.Route",),
    "starlette.routing.Router.websocket_route": ("starlette.routing.WebSocketRoute",),
    "starlette.endpoints.WebSocketEndpoint": ("starlette.websockets.WebSocket",),
    "starlette.routing.WebSocketRoute": ("starlette.websockets.WebSocket",),
    "starlette.exceptions.ExceptionMiddleware": ("starlette.middleware.exceptions.ExceptionMiddleware",),
    "starlette.routing.Host.url_path_for": (_URL_PATH_FOR,),
    "starlette.routing.Mount.url_path_for": (_URL_PATH_FOR,),
    "starlette.routing.Route.url_path_for": (_URL_PATH_FOR,),
    "starlette.routing.WebSocketRoute.url_path_for": (_URL_PATH_FOR,),
    # Bases.
    "starlette.background.BackgroundTasks": ("starlette.background.BackgroundTask",),
    "starlette.datastructures.FormData": ("starlette.datastructures.ImmutableMultiDict",),
    "starlette.datastructures.MultiDict": ("starlette.datastructures.ImmutableMultiDict",),
    "starlette.datastructures.MutableHeaders": ("starlette.datastructures.Headers",),
    "starlette.datastructures.QueryParams": ("starlette.datastructures.ImmutableMultiDict",),
    "starlette.requests.Request": ("starlette.requests.HTTPConnection",),
    "starlette.websockets.WebSocket": ("starlette.requests.HTTPConnection",),
    "starlette.responses.FileResponse": ("starlette.responses.Response",),
    "starlette.responses.HTMLResponse": ("starlette.responses.Response",),
    "starlette.responses.JSONResponse": ("starlette.responses.Response",),
    "starlette.responses.ORJSONResponse": ("starlette.responses.JSONResponse",),
    "starlette.responses.PlainTextResponse": ("starlette.responses.Response",),
    "starlette.responses.RedirectResponse": ("starlette.responses.Response",),
    "starlette.responses.StreamingResponse": ("starlette.responses.Response",),
    "starlette.responses.UJSONResponse": ("starlette.responses.JSONResponse",),
    "starlette.schemas.OpenAPIResponse": ("starlette.responses.Response",),
    # What an attribute or a method gives back.
    "starlette.requests.HTTPConnection.base_url": ("starlette.datastructures.URL",),
    "starlette.requests.HTTPConnection.headers": ("starlette.datastructures.Headers",),
    "starlette.requests.HTTPConnection.query_params": ("starlette.datastructures.QueryParams",),
    "starlette.requests.HTTPConnection.url": ("starlette.datastructures.URL",),
    "starlette.requests.HTTPConnection.url_for": ("starlette.datastructures.URL", _URL_PATH_FOR),
    "starlette.requests.HTTPConnection.app": ("starlette.applications.Starlette",),
    "starlette.requests.Request.form": ("starlette.datastructures.FormData",),
    "starlette.responses.Response.headers": ("starlette.datastructures.MutableHeaders",),
    "starlette.testclient.TestClient.websocket_connect": ("starlette.testclient.WebSocketTestSession",),
    "starlette.templating.Jinja2Templates.TemplateResponse": ("starlette.responses.HTMLResponse",),
}

REACHES: Mapping[str, tuple[str, ...]] = {**_FASTAPI, **_STARLETTE}

# What a parameter without an annotation is: Starlette hands these over by place, and its documentation calls them so.
CALLED: Mapping[str, str] = {
    "request": "starlette.requests.Request",
    "websocket": "starlette.websockets.WebSocket",
}

# Packages through which an app may use whatever Starlette has, by the name under which they are imported.
DEPENDENTS = frozenset({
    *("asgi_correlation_id", "brotli_asgi", "chainlit", "connexion", "fastmcp", "gradio", "mcp", "nicegui", "reflex"),
    *("slowapi", "sqladmin", "sse_starlette", "starsessions", "strawberry.asgi", "titiler"),
})  # fmt: skip
# So do the modules with one of these words in their names.
_WORDS = ("starlette", "fastapi")

# A name that goes round in a circle of rows is cut off at this length, in parts.
_LONGEST = 8


@cache
def names_of(name: str) -> frozenset[str]:
    """Every name that is used where *name* is, itself included."""
    found, new = {name}, [name]
    while new:
        this = new.pop()
        parts = this.split(".")
        for end in range(len(parts), 0, -1):
            for other in REACHES.get(".".join(parts[:end]), ()):
                whole = ".".join([other, *parts[end:]])
                if whole not in found and whole.count(".") < _LONGEST:
                    found.add(whole)
                    new.append(whole)
    return frozenset(found)


def is_dependent(module: str) -> bool:
    """Whether an imported *module* is one that is known, or called so, as to use Starlette."""
    parts = module.split(".")
    if parts[0] in _WORDS:
        return False
    known = any(".".join(parts[:end]) in DEPENDENTS for end in range(1, len(parts) + 1))
    return known or any(word in part.split("_") for part in parts for word in _WORDS)
