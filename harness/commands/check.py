"""Run every case against an environment that somebody already has."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from harness.catalogue.selection import select
from harness.commands.arguments import add_selection, interpreter_in, refuse_unwritable
from harness.environments.inspection import inspect
from harness.reports.console import show_check
from harness.runs.plan import jobs_in
from harness.runs.record import exit_code, write_record
from harness.runs.run import Runner, rows
from harness.runs.workspace import open_workspace
from harness.support.exits import Exit
from harness.support.invocation import prog


def main(arguments: Sequence[str]) -> Exit:
    """Say which bugs an environment has."""
    parser = argparse.ArgumentParser(prog=prog("check"), description=__doc__)
    parser.add_argument(
        "--python", required=True, type=Path, metavar="PATH", help="the environment, or its interpreter"
    )
    add_selection(parser)
    parser.add_argument("--all", action="store_true", help="show every case, not only what is there or cannot be told")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the record there, as JSON Lines")
    options = parser.parse_args(arguments)
    workspace = open_workspace()
    cases = select(workspace.cases, options.case, options.only)
    if options.json:
        refuse_unwritable("--json", options.json)
    environment = inspect(interpreter_in("--python", options.python))
    runner = Runner(workspace.builder())
    found = rows(runner.run_in(environment, jobs_in(environment.release, cases, workspace.releases)))
    if options.json:
        write_record(options.json, "nox -s check", found)
    show_check(found, cases, everything=options.all)
    return exit_code(found)
