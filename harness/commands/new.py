"""Start a case: write its directory, with the boundary and the symptom of a script that shows the bug."""

import argparse
import re
from collections.abc import Sequence

from harness.bisection.bisection import Bisection, path
from harness.bisection.script import Script, read_script
from harness.commands.bisect import add_script_options, asker_of, release, wish_of
from harness.commands.skeleton import Skeleton, write
from harness.releases.index import parse_version
from harness.releases.profiles import PERIOD
from harness.runs.workspace import Workspace, open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.paths import CASES

_NEXT = """
Write what is marked TODO, then:
  nox -s lock -- --case {name}      pin what it runs in
  nox -k {name}                     confirm it
  nox -s mutants -- --case {name}   see that it notices its bug in the newest release
  nox -s sweep -- --case {name}     measure it on every release
  nox -s report                     write the tables and the page"""


def main(arguments: Sequence[str]) -> Exit:
    """Write the directory."""
    parser = argparse.ArgumentParser(prog="nox -s new --", description=__doc__)
    parser.add_argument(
        "name", metavar="NAME", help="<topic>_<number>, the number an issue's, a fix's or an advisory's"
    )
    add_script_options(parser)
    parser.add_argument("--bad", metavar="V", help="a release on which the script shows it")
    parser.add_argument("--good", metavar="V", help="a release on which it does not")
    parser.add_argument("--profile", default=PERIOD, metavar="NAME", help="dependencies (default: period)")
    options = parser.parse_args(arguments)
    name = options.name
    if not name.isidentifier() or name.startswith("_") or not re.search(r"_\w+$", name):
        raise UserError(f"new {name}: write a Python identifier that starts with the topic, e.g. session_websocket_483")
    if (CASES / name).exists():
        raise UserError(f"new {name}: cases/{name} is there already; a name is never used again")
    script = options.script or options.typing
    lacking = [f"--{each}" for each in ("bad", "good") if script and getattr(options, each) is None]
    if lacking:
        raise UserError(f"--script needs {' and '.join(lacking)}; nothing says where this bug is and where not")
    skeleton = _found(options, open_workspace()) if script else Skeleton(name)
    write(skeleton, CASES)
    print(f"cases/{name} is written.{_NEXT.format(name=name)}")
    return Exit.AS_EXPECTED


def _found(options: argparse.Namespace, workspace: Workspace) -> Skeleton:
    """What bisecting the script finds out."""
    index = workspace.index
    if options.profile not in workspace.profiles:
        raise UserError(f"--profile {options.profile}: there are {', '.join(workspace.profiles)}")
    bad, good = release("--bad", options.bad, index), release("--good", options.good, index)
    asker = asker_of(options, workspace, read_script(wish_of(options)))
    asker.learn(bad, good)
    bisection = Bisection(asker, path(index, bad, good))
    script, code = asker.case, bisection.run()
    if not isinstance(script, Script):
        raise TypeError("a script stays one, whatever it learns")
    if code is not Exit.AS_EXPECTED:
        raise UserError(f"{script.wish.option} {script.file.name}: no boundary was found; name other ends")
    last_bad, first_good = bisection.finals
    if parse_version(first_good) < parse_version(last_bad):
        raise UserError(f"--good {good}: that is where the bug came from; name a later release, in which it is fixed")
    return Skeleton.of(options.name, script, (last_bad, first_good), options.profile)
