"""HTTPEndpoint calls any attribute that a request's method names: https://github.com/Kludex/starlette/security/advisories/GHSA-x746-7m8f-x49c"""

import asyncio
from inspect import signature

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse


class Account(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("shown")

    async def post(self, request):
        return PlainTextResponse("refused", status_code=403)

    async def erase_all(self, request):
        """A helper that post calls once it has looked at the password."""
        return PlainTextResponse("erased")


async def answer(method):
    sent = []

    async def receive():
        raise LookupError("nothing is received")

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": []}
    if len(signature(Account).parameters) == 3:
        await Account(scope, receive, send)
    else:  # before 0.12
        await Account(scope)(receive, send)
    return sent[0]["status"], sent[1]["body"]


async def main():
    if await answer("GET") != (200, b"shown") or await answer("POST") != (403, b"refused"):
        raise LookupError("GET or POST is not answered by its own handler")
    status, body = await answer("ERASE_ALL")
    if (status, body) == (200, b"erased"):
        raise AssertionError("a request with the method ERASE_ALL is answered by the helper erase_all")
    if status != 405:
        raise LookupError(f"the method ERASE_ALL is answered with {status}, {body}")


asyncio.run(main())
