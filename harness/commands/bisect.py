"""Find the two releases between which a bug came or went, in log steps.

It finds one change. A bug that went and came back has several, and `nox -s sweep` finds them all.
"""

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from harness.bisection.bisection import Bisection, answer, path, tell
from harness.bisection.checkout import read_checkout
from harness.bisection.script import read_script
from harness.bisection.search import Answer
from harness.catalogue.case import Case
from harness.catalogue.selection import select_one
from harness.environments.model import Obstacle, Unavailable
from harness.releases.index import Index, parse_version
from harness.releases.profiles import PERIOD, Profile
from harness.reports.printable import printable
from harness.runs.plan import Job, tasks
from harness.runs.record import start_record, write_record
from harness.runs.run import Runner, row
from harness.runs.workspace import Workspace, open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit, GitExit, asked_by_git
from harness.support.invocation import prog
from harness.support.paths import REPORTS

_COMMAND = "nox -s bisect"
# Of a line of what is said, in characters.
_LONGEST = 5_000
_EPILOG = """\
a release is bad where it is affected, and good where it is not; the search goes from one to the other,
whichever is newer, over the final releases that were not taken back, in the environments of a sweep. What
cannot be told is skipped: where that hides the exact release, the answer is the range in which it lies.

exit codes: 0 found; 1 an end is the opposite of what was said, or case.toml states another boundary;
2 wrong use; 3 an end, or the exact release, cannot be told, or repeated runs disagree.

--script takes any program that ends normally where the behaviour is right and raises where it is wrong.
What it raises on --bad, and from which file, is what is looked for; whatever else fails is skipped.

--checkout is for git bisect run; the commit is built from a copy, with the dependencies of its own day.
Exit codes: 0 good, 1 bad, 125 cannot be told; 128, at which git stops, for every mistake.

  git bisect start BAD GOOD && git bisect run {prog} CASE --checkout .

To find a fix, --find fix says 0 where the commit is affected, and 1 where it is not:

  git bisect start --term-old=broken --term-new=fixed FIXED BROKEN
  git bisect run {prog} CASE --checkout . --find fix
"""


def main(arguments: Sequence[str]) -> int:
    """Bisect releases, or test a commit for git, which must not take a mistake for an answer."""
    if not asked_by_git(arguments):
        return _bisect(_options(arguments))
    try:
        return _test_commit(_options(arguments))
    except UserError as error:
        print(error, file=sys.stderr)
    except SystemExit:
        # The parser has said why.
        pass
    except Exception:  # noqa: BLE001 - whatever it is, it says nothing about the commit
        traceback.print_exc()
    return GitExit.STOP


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=prog("bisect"),
        description=__doc__,
        epilog=_EPILOG.format(prog=prog("bisect", elsewhere=True)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("case", nargs="?", metavar="CASE", help="the case to ask")
    parser.add_argument("--good", metavar="V", help="a release without the bug (default: the newest)")
    parser.add_argument("--bad", metavar="V", help="a release with it (default: broken in the case's last boundary)")
    parser.add_argument(
        "--profile", default=PERIOD, metavar="NAME", help="dependencies, of cases/profiles.toml (default: period)"
    )
    parser.add_argument("--script", type=Path, metavar="FILE", help="a program of your own in place of a case")
    parser.add_argument(
        "--requires", action="append", default=[], metavar="PKG", help="what the script imports besides; repeatable"
    )
    parser.add_argument("--matches", default="", metavar="REGEX", help="what the message of its exception matches")
    parser.add_argument("--checkout", type=Path, metavar="DIR", help="test what lies there, for git bisect run")
    parser.add_argument("--find", choices=["introduction", "fix"], help="what git looks for (default: introduction)")
    options = parser.parse_args(arguments)
    _refuse_mixtures(options)
    return options


def _refuse_mixtures(options: argparse.Namespace) -> None:
    given = {name for name, value in vars(options).items() if value and name != "profile"}
    subject = given & {"case", "script"}
    if len(subject) != 1:
        found = "CASE and --script were both given" if subject else "neither CASE nor --script was given"
        raise UserError(f"bisect: {found}; give one of them; cases/README.md lists the cases")
    allowed = {"case", "good", "bad"}
    if "checkout" in given:
        allowed = {"case", "checkout", "find"}
    elif "script" in given:
        allowed = {"script", "good", "bad", "requires", "matches"}
    if strange := sorted(given - allowed):
        takes = ", ".join(f"--{name}" for name in sorted(allowed - {"case", "script", "checkout"}))
        with_what = "--checkout" if "checkout" in given else "--script" if "script" in given else "CASE"
        raise UserError(f"--{strange[0]} does not go with {with_what}, which takes {takes}, --profile")
    if "script" in given and (lacking := sorted({"bad", "good"} - given)):
        raise UserError(f"--script needs --{lacking[0]} V, a release; nothing says where this bug is and where not")


def _bisect(options: argparse.Namespace) -> Exit:
    """Search between two releases, and write what was seen on the way to a record."""
    workspace = open_workspace()
    index, profile = workspace.index, _profile(options, workspace)
    if options.script:
        drivers = sorted({text for case in workspace.cases for text in case.environment.drivers})
        case: Case = read_script(options.script, options.requires, drivers, options.matches)
    else:
        case = select_one(workspace.cases, options.case, option="CASE")
    bad = release("--bad", options.bad, index) if options.bad else _broken(case, profile)
    good = release("--good", options.good, index) if options.good else index.newest
    if bad == good:
        raise UserError(f"--bad {bad}: it is --good, too; name two releases, of which one has the bug")
    runner = Runner(workspace.builder())
    bisection = Bisection(case, path(index, bad, good), profile, workspace.releases, runner, say)
    record = REPORTS / "bisect.jsonl"
    start_record(record, _COMMAND)
    code = bisection.run()
    write_record(record, _COMMAND, bisection.rows)
    return code


def _profile(options: argparse.Namespace, workspace: Workspace) -> Profile:
    found = workspace.profiles.get(options.profile)
    if found is None:
        raise UserError(
            f"--profile {options.profile}: there is no such profile; there are {', '.join(workspace.profiles)}"
        )
    return found


def _broken(case: Case, profile: Profile) -> str:
    known = [boundary.broken for boundary in case.boundaries if boundary.profile == profile.name]
    if not known:
        right = "name a release that has the bug with --bad V"
        raise UserError(f"--profile {profile}: {case.name} states no boundary under it; {right}")
    return max(known, key=parse_version)


def release(option: str, text: str, index: Index) -> str:
    """The release that *text* spells, any one of the index."""
    try:
        parse_version(text)
    except ValueError as error:
        raise UserError(f"{option} {text}: {error}") from None
    found = index.known(text)
    if found is None:
        raise UserError(f"{option} {text}: it is not on the index; name a release of evidence/releases.json")
    return found


def _test_commit(options: argparse.Namespace) -> GitExit:
    """Build what the folder holds and ask the case."""
    workspace = open_workspace()
    case = select_one(workspace.cases, options.case, option="CASE")
    profile, checkout = _profile(options, workspace), read_checkout(options.checkout)
    target = checkout.target(case, profile, workspace.index)
    with checkout.environment(workspace, target) as environment:
        if isinstance(environment, Unavailable):
            if environment.obstacle is Obstacle.NO_INTERPRETER:
                raise UserError(f"--checkout {options.checkout}: {environment.detail}; install one")
            say(f"{checkout.name} {profile}: unavailable — {environment.obstacle}: {environment.detail}")
            return GitExit.SKIP
        jobs = [Job(target, task, None) for task in tasks(case)]
        found = [row(job, seen) for job, seen in Runner(workspace.builder()).run_over(environment, jobs).items()]
    say(f"{checkout.name} {profile}: {tell(found)}")
    new = Answer.GOOD if options.find == "fix" else Answer.BAD
    said = answer(case, found)
    return GitExit.SKIP if said is Answer.SKIP else GitExit.NEW if said is new else GitExit.OLD


def say(line: str) -> None:
    """Print at once, whatever a program said."""
    print(printable(line, _LONGEST), flush=True)
