"""An endpoint that takes its websocket off the list before it ends."""

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

sockets = []
sent = []


async def listen(websocket):
    await websocket.accept()
    sockets.append(websocket)
    await websocket.receive_text()
    sockets.remove(websocket)


async def broadcast():
    for websocket in sockets:
        await websocket.send_text("news")
        sent.append(True)


async def publish(request):
    return Response("published", background=BackgroundTask(broadcast))


client = TestClient(Starlette(routes=[Route("/", publish, methods=["POST"]), WebSocketRoute("/ws", listen)]))
with client.websocket_connect("/ws") as session:
    session.send_text("done")
if client.post("/").text != "published" or sent:
    raise LookupError(f"somebody was still listening, but {sent}")
