"""Run every case against an environment that somebody already has."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from harness.catalogue.loading import load_catalogue, select
from harness.environments.builder import Builder
from harness.reports.console import show
from harness.runs.record import exit_code, write_record
from harness.runs.run import run_existing
from harness.support.errors import UserError
from harness.support.exits import Exit
from repros.engine import inspect


def main(arguments: Sequence[str]) -> Exit:
    """Say which bugs an environment has."""
    parser = argparse.ArgumentParser(prog="nox -s check --", description=__doc__)
    parser.add_argument("--python", required=True, type=Path, metavar="PATH", help="the environment's interpreter")
    parser.add_argument("--case", action="append", default=[], metavar="NAME", help="only this case; repeatable")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the record there, as JSON Lines")
    options = parser.parse_args(arguments)
    cases = select(load_catalogue(), options.case)
    if options.json and not options.json.parent.is_dir():
        raise UserError(f"--json {options.json}: there is no folder {options.json.parent}")
    if options.json and options.json.is_dir():
        raise UserError(f"--json {options.json}: this is a folder; name a file in it")
    environment = inspect(_interpreter(options.python))
    rows = run_existing(environment, cases, Builder())
    if options.json:
        write_record(options.json, "nox -s check", rows)
    show(rows, cases)
    return exit_code(rows)


def _interpreter(path: Path) -> Path:
    """The absolute path, with its links as they are: a venv's interpreter is one."""
    if path.is_dir():
        raise UserError(f"--python {path}: this is a folder; name its interpreter, e.g. {path / 'bin' / 'python'}")
    if not path.is_file():
        raise UserError(f"--python {path}: there is no such file; name an interpreter, e.g. .venv/bin/python")
    return path.absolute()
