"""An ASGI middleware that ends the reading of a URL-encoded form as soon as it is too large or has too many fields."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


class LimitedForms:
    """Raises HTTPException(413) out of the app's own reading, where Starlette turns it into a response."""

    def __init__(self, app, max_fields=1000, max_size=1024 * 1024):
        self.app = app
        self.max_fields = max_fields
        self.max_size = max_size

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            # Any of them: a client can send two, and Starlette goes by the first.
            types = [value.lower() for name, value in scope["headers"] if name == b"content-type"]
            if any(b"application/x-www-form-urlencoded" in value for value in types):
                receive = self.limited(receive)
        await self.app(scope, receive, send)

    def limited(self, receive):
        size = separators = 0

        async def limited_receive():
            nonlocal size, separators
            message = await receive()
            body = message.get("body", b"")
            size += len(body)
            separators += body.count(b"&") + body.count(b";")
            if size > self.max_size or separators >= self.max_fields:
                raise HTTPException(413)
            return message

        return limited_receive


forms = []


async def app(scope, receive, send):
    forms.append(await Request(scope, receive).form())


async def post(*chunks):
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages[-1]["more_body"] = False

    async def receive():
        return messages.pop(0)

    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-type", b"text/plain")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    await LimitedForms(app)(scope, receive, None)


def refused(*chunks):
    try:
        asyncio.run(post(*chunks))
    except HTTPException as error:
        return error.status_code == 413
    return False


asyncio.run(post(b"name=ada&", b"born=1815"))
assert dict(forms.pop()) == {"name": "ada", "born": "1815"}
asyncio.run(post(b"&".join([b"a=1"] * 1000)))
assert len(forms.pop().getlist("a")) == 1000
assert refused(b"&".join([b"a=1"] * 1001))
assert refused(b"a=", *[b"x" * 2**16] * 17)
assert forms == []
