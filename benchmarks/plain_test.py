"""The plain way's test: it passes when the program ends."""

import runpy

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each --program."""
    metafunc.parametrize("program", metafunc.config.getoption("program"))


def test_program(program: str) -> None:
    """Run a program as a script."""
    runpy.run_path(program, run_name="__main__")
