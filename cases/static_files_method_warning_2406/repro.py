"""StaticFiles itself uses the deprecated method parameter of FileResponse, so -W error breaks it: https://github.com/Kludex/starlette/pull/2406"""

import asyncio
import os
import tempfile
import warnings

from starlette.staticfiles import StaticFiles

scope = {"type": "http", "method": "GET", "path": "/page.txt", "root_path": "", "headers": []}
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "page.txt"), "w") as file:
        file.write("ghijklmnop")
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module=r"starlette\.")
        response = asyncio.run(StaticFiles(directory=folder).get_response("page.txt", scope))

if (response.status_code, response.headers["content-length"]) != (200, "10"):
    raise LookupError(f"status {response.status_code}, headers {response.headers}")
