"""The ASGI example that Starlette ships answers a lifespan scope as if it were HTTP: https://github.com/encode/starlette/issues/330"""

import asyncio
import re
from importlib.metadata import metadata

from asgiref.compatibility import guarantee_single_callable


def shipped_example():
    """The first block of the long description that answers a request in plain ASGI."""
    about = metadata("starlette")
    description = about["Description"] or about.get_payload()
    blocks = re.findall(r"^```\s*python\n(.*?)^```", description, re.DOTALL | re.MULTILINE)
    for block in blocks:
        if "await response(" in block:
            return block
    raise LookupError("this release's metadata ships no plain ASGI example")


def application(source):
    names = {"__name__": "example"}
    exec(compile(source, "example.py", "exec"), names)
    return names["App"] if "App" in names else names["app"]


async def serve_lifespan(app):
    """Start and stop *app* as uvicorn 0.3 did, the server of the day.

    An exception before the first message says that the app has no lifespan: the ASGI
    specification lets a server go on without it.
    """
    sent = []
    events = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive():
        return {"type": next(events)}

    async def send(message):
        sent.append(message["type"])
        if not message["type"].startswith("lifespan."):
            raise RuntimeError(f'Got invalid message type on lifespan protocol "{message["type"]}"')

    try:
        await guarantee_single_callable(app)({"type": "lifespan"}, receive, send)
    except Exception:
        if sent:
            raise


asyncio.run(serve_lifespan(application(shipped_example())))
