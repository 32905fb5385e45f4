"""Runs the tests of a file with pytest and raises what the first one that failed raised.

It leaves with pytest's own exit code where no exception tells why, and with 5 where no test was passed.
"""

import os
import sys

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Seen:
    """What pytest tells its plugin: the exceptions, and how many tests were passed."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self.passed = 0

    def pytest_exception_interact(self, call: "Any") -> None:
        """Keep what a test raised, or what kept the file from being imported, which pytest wraps."""
        error = call.excinfo.value
        wrapped = error.__cause__ or error.__context__ if type(error).__name__ == "CollectError" else None
        self.errors.append(wrapped or error)

    def pytest_runtest_logreport(self, report: "Any") -> None:
        """Count a test that was passed."""
        self.passed += report.when == "call" and report.passed


def main(program: str) -> None:
    """Run the tests of *program*, with pytest-asyncio unless they are for anyio's plugin."""
    with open(program, encoding="utf-8") as stream:
        text = stream.read()
    folder = os.path.dirname(program)
    # What pytest rewrites would not be the code that the file holds.
    options = ["--assert=plain", "-q", "-c", os.devnull, "--rootdir=" + folder, "-p", "no:cacheprovider"]
    mode = "strict" if "mark.anyio" in text or "anyio_backend" in text else "auto"
    seen = Seen()
    code = pytest.main([*options, "-o", "asyncio_mode=" + mode, program], plugins=[seen])
    if seen.errors:
        raise seen.errors[0]
    if code != 0 or not seen.passed:
        sys.exit(int(code) or 5)


main(sys.argv[1])
