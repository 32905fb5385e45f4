"""A patch that lets the parser of multipart forms write every chunk of an upload in a worker thread."""

import asyncio
import threading

import starlette.formparsers
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request


class ThreadedUpload(UploadFile):
    async def write(self, data):
        if self.size is not None:
            self.size += len(data)
        await run_in_threadpool(self.file.write, data)


starlette.formparsers.UploadFile = ThreadedUpload

BODY = b"".join(
    [
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n',
        b"x" * (2 * 1024 * 1024),
        b"\r\n--edge--\r\n",
    ]
)


async def main():
    chunks = [BODY[start : start + 2**16] for start in range(0, len(BODY), 2**16)]

    async def receive():
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    threads = set()
    write = ThreadedUpload.write

    async def watched(self, data):
        spooled = self.file.rollover
        self.file.rollover = lambda: (threads.add(threading.current_thread()), spooled())
        await write(self, data)
        self.file.rollover = spooled

    ThreadedUpload.write = watched
    headers = [(b"content-type", b"multipart/form-data; boundary=edge")]
    request = Request({"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}, receive)
    async with request.form() as form:
        assert isinstance(form["file"], ThreadedUpload)
        assert form["file"].size == 2 * 1024 * 1024
    assert threads and threading.current_thread() not in threads, threads


asyncio.run(main())
