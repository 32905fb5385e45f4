"""A view's own exception comes out of BaseHTTPMiddleware as an exception group: https://github.com/encode/starlette/issues/1255"""

import asyncio

import starlette.middleware.base
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Route, Router

# Since 0.15 Starlette runs on anyio; what it does not have must not be brought in by what follows.
anyio = getattr(starlette.middleware.base, "anyio", None)

import httpx  # noqa: E402
from asgiref.compatibility import guarantee_single_callable  # noqa: E402


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def view(request):
    raise RuntimeError("oops")


def is_oops(error):
    return type(error) is RuntimeError and str(error) == "oops"


def holds_oops(error):
    return is_oops(error) or any(holds_oops(inner) for inner in getattr(error, "exceptions", ()))


async def get(layers):
    app = Router([Route("/", endpoint=view)])
    for _ in range(layers):
        app = PassThrough(app)
    transport = httpx.ASGITransport(app=guarantee_single_callable(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        await client.get("/")


def wrapped(run, layers):
    """The group that the view's exception came out in, if it did."""
    try:
        run(get, layers)
    except BaseException as error:
        if is_oops(error):
            return None
        if holds_oops(error):
            return error
        raise LookupError(f"the view's exception is lost in {error!r}") from error
    raise AssertionError("the view's exception was swallowed")


def runners():
    """Every event loop that this environment can run Starlette on."""
    yield lambda function, *args: asyncio.run(function(*args))
    if anyio is not None:
        try:
            anyio.run(anyio.sleep, 0, backend="trio")
        except Exception:  # trio is missing, or is no match for this anyio or this Python
            return
        yield lambda function, *args: anyio.run(function, *args, backend="trio")


groups = [wrapped(run, layers) for run in runners() for layers in (1, 2)]
for group in groups:
    if group is not None:
        raise group
