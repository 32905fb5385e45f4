"""A subclass that reads If-None-Match by the rules."""

import asyncio
import os
import tempfile

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles


class Files(StaticFiles):
    def is_not_modified(self, response_headers, request_headers):
        if "if-none-match" not in request_headers:
            return super().is_not_modified(response_headers, request_headers)
        tags = [tag.strip() for tag in request_headers["if-none-match"].split(",")]
        tags = [tag.removeprefix("W/") for tag in tags]
        return tags == ["*"] or response_headers["etag"] in tags


async def get(app, headers=(), path="/page.txt"):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": path,
        "root_path": "",
        "headers": list(headers),
        "extensions": {},
    }
    try:
        await app(scope, None, send)
    except HTTPException as error:
        return error.status_code, {}
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w") as file:
            file.write("hello")
        app = Files(directory=folder)
        status, headers = await get(app)
        etag, since = headers[b"etag"], (b"if-modified-since", headers[b"last-modified"])
        assert status == 200, status
        for tags in b"*", etag, b"W/" + etag, b'"another", ' + etag:
            assert (await get(app, [(b"if-none-match", tags)]))[0] == 304, tags
        for tags in b'"another"', b"/" + etag, etag + b"/W":
            assert (await get(app, [(b"if-none-match", tags), since]))[0] == 200, tags
        assert (await get(app, [since]))[0] == 304


asyncio.run(main())
