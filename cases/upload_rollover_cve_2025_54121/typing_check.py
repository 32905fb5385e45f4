"""Writing to an upload: a bug of behaviour, so its types agree on both sides."""

import io

from starlette.datastructures import UploadFile


async def copy_of(content: bytes) -> UploadFile:
    upload = UploadFile(filename="report.txt", file=io.BytesIO())
    await upload.write(content)
    await upload.seek(0)
    return upload
