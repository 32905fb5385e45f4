"""Config raises FileNotFoundError for an env file that does not exist: https://github.com/Kludex/starlette/pull/2485"""

import os
import tempfile
import warnings

from starlette.config import Config

warnings.simplefilter("ignore")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, ".env")
    config = Config(path, environ={"NAME": "ada"})
if config.get("NAME") != "ada":
    raise LookupError(f"NAME is {config.get('NAME')}")
