"""The plain way's option: which programs to test."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take programs on the command line."""
    parser.addoption("--program", action="append", default=[])
