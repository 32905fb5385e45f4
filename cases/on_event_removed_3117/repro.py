"""Starlette has no on_event() any more: https://github.com/Kludex/starlette/pull/3117"""

import asyncio
import warnings

from starlette.applications import Starlette

if not hasattr(Starlette, "url_path_for"):
    raise LookupError("an app without url_path_for may be older than on_event")
warnings.simplefilter("ignore", DeprecationWarning)
started = []
app = Starlette()


@app.on_event("startup")
async def start():
    started.append(True)


async def main():
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        if message["type"] != "lifespan.startup.complete" and message["type"] != "lifespan.shutdown.complete":
            raise LookupError(f"the app sent {message}")

    await app({"type": "lifespan"}, receive, send)


asyncio.run(main())
if started != [True]:
    raise LookupError(f"started: {started}")
