"""Config says nothing about an env file that does not exist: https://github.com/Kludex/starlette/pull/2422"""

import os
import tempfile
import warnings

from starlette.config import Config

told = []
with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    path = os.path.join(folder, ".env")
    try:
        Config(path, environ={})
    except FileNotFoundError as error:
        told.append(error)
told += [each.message for each in seen if path in str(each.message)]
if not told:
    raise AssertionError("Config takes an env file that does not exist and neither raises nor warns")
if len(told) != 1:
    raise LookupError(f"Config says {told}")
