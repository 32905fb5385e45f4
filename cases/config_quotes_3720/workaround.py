"""A Config whose file values lose one pair of quotes only."""

import os
import tempfile

from starlette.config import Config


class ExactConfig(Config):
    def _read_file(self, *arguments):
        values = super()._read_file(*arguments)
        with open(arguments[0]) as file:
            for line in file:
                key, _, value = (part.strip() for part in line.partition("="))
                if key in values:
                    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
                    values[key] = value[1:-1] if quoted else value
        return values


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, ".env")
    with open(path, "w") as file:
        file.write("PLAIN=hello\nORDER=\"SELECT 'x'\"\n")
    config = ExactConfig(path, environ={})
assert config("PLAIN") == "hello", config("PLAIN")
assert config("ORDER") == "SELECT 'x'", config("ORDER")
