"""A websocket that is denied: a bug of behaviour, so its types agree on every release."""

from starlette.websockets import WebSocket


def may_be_denied(websocket: WebSocket) -> bool:
    return "websocket.http.response" in websocket.scope.get("extensions", {})
