"""Imports mypy once and runs it for one request after another; `checker.py` starts it.

Standard input is a socket. A request is a line of JSON: the folder to run in, then mypy's arguments.
The answer is a line with the exit code; what mypy writes goes where this process's own output goes.
"""

import gc
import importlib
import json
import os
import sys

from mypy.__main__ import console_entry


def next_request() -> list[str]:
    """Fork for each request and return in the fork only; the server itself ends with its input."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            request: list[str] = json.loads(line)
            return request
        _, status = os.waitpid(child, 0)
        os.write(0, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


if __name__ == "__main__":
    # mypy imports it to open a cache, which is to say in every fork.
    importlib.import_module("sqlite3")
    # What is here already is not looked at in each fork again, which would copy it.
    gc.freeze()
    folder, *sys.argv[1:] = next_request()
    # From here on this is `python -m mypy`, in a process of its own.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(folder)
    console_entry()
