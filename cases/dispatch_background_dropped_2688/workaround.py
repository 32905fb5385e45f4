"""A StreamingResponse of one's own around the body, which runs its background task."""

import asyncio

from starlette.background import BackgroundTask
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response, StreamingResponse

done = []


async def background():
    done.append(True)


class AddsTask(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        answer = StreamingResponse(response.body_iterator, response.status_code, background=BackgroundTask(background))
        answer.raw_headers = response.raw_headers
        return answer


async def app(scope, receive, send):
    await Response("answer")(scope, receive, send)


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(AddsTask(app)(scope, receive, send))
if b"answer" not in sent:
    raise LookupError(f"no answer, but {sent}")
if not done:
    raise AssertionError("the background task that dispatch set did not run")
