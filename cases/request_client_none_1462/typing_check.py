"""Who asks: written so that it checks with the annotations from before the fix and from after it."""

from starlette.requests import Request


def caller(request: Request) -> str:
    client = request.client
    return f"{client.host}:{client.port}" if client else "unknown"
