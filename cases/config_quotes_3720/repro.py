"""Config takes quotes off a value of an env file that are part of it: https://github.com/Kludex/starlette/pull/3720"""

import os
import tempfile

from starlette.config import Config

LINES = """
PLAIN=hello
QUOTED="hello world"
ORDER="SELECT 'x'"
NAME='O"'
"""

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, ".env")
    with open(path, "w") as file:
        file.write(LINES)
    config = Config(path, environ={})

if (config.get("PLAIN"), config.get("QUOTED")) != ("hello", "hello world"):
    raise LookupError(f"plain and quoted values are read as {config.file_values}")
if config.get("ORDER") != "SELECT 'x'":
    raise AssertionError(f"the line ORDER=\"SELECT 'x'\" is read as {config.get('ORDER')}")
if config.get("NAME") != 'O"':
    raise LookupError(f"the line NAME='O\"' is read as {config.get('NAME')}")
