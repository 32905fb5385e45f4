"""Sending to a websocket whose TestClient session is over raises ClosedResourceError: https://github.com/Kludex/starlette/issues/2918"""

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


async def broadcast():
    for websocket in sockets:
        await websocket.send_text("news")
        sent.append(True)


async def publish(request):
    return Response("published", background=BackgroundTask(broadcast))


client = TestClient(Starlette(routes=[Route("/", publish, methods=["POST"]), WebSocketRoute("/ws", listen)]))
with client.websocket_connect("/ws") as session:
    session.send_text("done")
if client.post("/").text != "published" or sent != [True]:
    raise LookupError(f"not published once, but {sent}")
