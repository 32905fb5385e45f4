"""A filter for the warning that StaticFiles cannot help."""

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
        warnings.filterwarnings("ignore", message="The 'method' parameter is not used", category=DeprecationWarning)
        response = asyncio.run(StaticFiles(directory=folder).get_response("page.txt", scope))

assert (response.status_code, response.headers["content-length"]) == (200, "10"), response.headers
