"""The file is named only where there is one."""

import os
import tempfile

from starlette.config import Config

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, ".env")
    config = Config(path if os.path.isfile(path) else None, environ={"NAME": "ada"})
assert config.get("NAME") == "ada"
