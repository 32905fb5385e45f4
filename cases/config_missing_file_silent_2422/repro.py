"""Config says nothing about an env file that does not exist: https://github.com/Kludex/starlette/pull/2422"""

import os
import tempfile
import warnings

from starlette.config import Config

with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    path = os.path.join(folder, ".env")
    try:
        Config(path, environ={})
    except FileNotFoundError as error:
        seen.append(error)
if not seen:
    raise AssertionError("Config takes an env file that does not exist and neither raises nor warns")
if len(seen) != 1:
    raise LookupError(f"Config says {seen}")
