"""Run cases in an environment for a program that reads JSON, such as the plugin for pytest."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from harness.catalogue.case import Case
from harness.catalogue.selection import select
from harness.check.findings import findings
from harness.check.items import ended
from harness.commands.arguments import add_selection
from harness.environments.inspection import inspect
from harness.environments.interpreter import interpreter_in
from harness.runs.plan import jobs_in
from harness.runs.run import Runner, rows
from harness.runs.workspace import open_workspace
from harness.support.exits import Exit
from harness.support.invocation import prog
from harness.waivers.file import read_waivers
from harness.waivers.waiver import waiver_of


def main(arguments: Sequence[str]) -> Exit:
    """Print a list with an object for each case: what it is called by, or how it ended."""
    parser = argparse.ArgumentParser(prog=prog("items"), description=__doc__)
    parser.add_argument("--python", required=True, type=Path, metavar="PATH", help="the environment's interpreter")
    parser.add_argument("--list", action="store_true", help="run nothing: say which cases there are")
    add_selection(parser)
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="bugs that are accepted, as TOML")
    options = parser.parse_args(arguments)
    workspace = open_workspace()
    cases = select(workspace.cases, options.case, options.only)
    today = datetime.now(UTC).date()
    waivers = read_waivers(options.waivers, today, workspace.cases)
    environment = inspect(interpreter_in("--python", options.python))
    if options.list:
        print(json.dumps([{"name": case.name, "words": _words(case)} for case in cases]))
        return Exit.AS_EXPECTED
    jobs = jobs_in(environment.release, cases, workspace.releases)
    found = findings(cases, rows(Runner(workspace.builder()).run_in(environment, jobs)))
    items = [ended(case, [each for each in found if each.case is case], waiver_of(case, waivers)) for case in cases]
    print(json.dumps([asdict(item) for item in items]))
    return Exit.AS_EXPECTED


def _words(case: Case) -> list[str]:
    """What else a case may be chosen by."""
    return [case.kind, case.area, *case.aliases, *(str(each) for each in (case.references.fix,) if each)]
