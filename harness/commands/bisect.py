"""Find the two releases between which a bug came or went, in log steps.

It finds one change. A bug that went and came back has several, and `nox -s sweep` finds them all.
"""

import argparse
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from harness.bisection.asking import Asker, answer, judged, programs, summed_up
from harness.bisection.bisection import Bisection, path
from harness.bisection.both import find_both
from harness.bisection.checkout import read_checkout
from harness.bisection.script import Script, Symptom, Wish, read_script
from harness.bisection.search import Answer
from harness.catalogue.case import Case
from harness.catalogue.selection import select_one
from harness.environments.model import Obstacle, Unavailable
from harness.releases.index import Index, parse_version
from harness.releases.profiles import PERIOD, Profile
from harness.reports.printable import printable
from harness.runs.plan import Job
from harness.runs.record import start_record, write_record
from harness.runs.run import Runner
from harness.runs.workspace import Workspace, open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit, GitExit, asked_by_git
from harness.support.invocation import listing, prog
from harness.support.paths import REPORTS
from repros.engine import SECONDS

_COMMAND = "nox -s bisect"
# Of a line of what is said, in characters.
_LONGEST = 5_000
# What a program may run for that is to show that it hangs, in seconds.
HANGING = 10.0
_EPILOG = """\
a release is bad where it is affected, and good where it is not; the search goes from one to the other,
whichever is newer, over the final releases that were not taken back, in the environments of a sweep; then
over what else lies between the neighbours that it found. What cannot be told is skipped, and costs a step:
where that hides the exact release, the answer is the range in which it lies.

exit codes: 0 found; 1 an end is the opposite of what was said, or case.toml states another boundary;
2 wrong use; 3 an end, or the exact release, cannot be told, or repeated runs disagree.

--script takes any program. Test functions that nothing calls are run by pytest, with pytest-asyncio or anyio's
plugin. What a program raises on --bad, and from which file, is what is looked for; whatever else fails is
skipped. What releases declare (httpx, requests, python-multipart, jinja2 and the like) is supplied, of the
profile's day; a failure for want of a package, or of another package's, is not taken for the bug.

--checkout is for git bisect run; the commit is built from a copy, with the dependencies of its own day.
A script shows what is looked for on --bad, a release. Exit codes: 0 good, 1 bad, 125 cannot be told; 128, at
which git stops, for every mistake.

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
    except SystemExit:
        # The parser has said why.
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
    add_script_options(parser)
    parser.add_argument("--checkout", type=Path, metavar="DIR", help="test what lies there, for git bisect run")
    parser.add_argument("--find", choices=["introduction", "fix"], help="what git looks for (default: introduction)")
    parser.add_argument("--both", action="store_true", help="find what brought the bug of --bad, and what fixed it")
    options = parser.parse_args(arguments)
    _refuse_mixtures(options)
    return options


def add_script_options(parser: argparse.ArgumentParser) -> None:
    """What a script's bisection takes, in this command and in every other."""
    parser.add_argument("--script", type=Path, metavar="FILE", help="a program of your own in place of a case")
    parser.add_argument("--typing", type=Path, metavar="FILE", help="one of which mypy tells what is wrong with it")
    parser.add_argument(
        "--requires", action="append", default=[], metavar="PKG", help="what the script imports besides; repeatable"
    )
    parser.add_argument("--override", action="store_true", help="whatever they demand of Starlette's version")
    parser.add_argument("--matches", default="", metavar="REGEX", help="what the message of its exception matches")
    parser.add_argument("--exit-code", action="store_true", help="it leaves with another exit code than 0")
    parser.add_argument("--hangs", action="store_true", help="it does not end in its time")
    parser.add_argument("--warns", default="", metavar="CATEGORY", help="it brings a warning, e.g. DeprecationWarning")
    parser.add_argument("--symptom", choices=["import"], help="it fails for want of a module, a package or a signature")
    parser.add_argument("--seconds", type=_seconds, metavar="N", help="its time (default: 60; 10 with --hangs)")
    parser.add_argument("--python", type=_minor, metavar="X", help="the CPython it runs on, e.g. 3.12")


def _seconds(text: str) -> float:
    """A positive number of seconds."""
    with suppress(ValueError):
        if 0 < float(text) < 10**5:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; write one such as 10")


def _minor(text: str) -> str:
    if not re.fullmatch(r"3\.\d+(\.\d+)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no version of CPython; write one such as 3.12")
    return text


def wish_of(options: argparse.Namespace) -> Wish:
    """What was asked for of a script.

    Raises:
        UserError: it is to show several things at once.
    """
    wanted = {
        "--typing": (options.typing, Symptom.TYPES),
        "--exit-code": (options.exit_code, Symptom.EXIT_CODE),
        "--hangs": (options.hangs, Symptom.HANG),
        "--warns": (options.warns, Symptom.WARNING),
    }
    given = [option for option, (value, _) in wanted.items() if value]
    if len(given) > 1:
        raise UserError(f"{given[0]} does not go with {given[1]}; a program shows one of them")
    symptom = wanted[given[0]][1] if given else Symptom.EXCEPTION
    if symptom in (Symptom.HANG, Symptom.EXIT_CODE, Symptom.TYPES) and options.matches:
        raise UserError(f"--matches does not go with {given[0]}, which has no message")
    return Wish(
        options.typing or options.script,
        "--typing" if options.typing else "--script",
        symptom,
        options.requires,
        options.matches,
        options.warns,
        options.symptom == "import",
        options.override,
    )


def seconds_of(options: argparse.Namespace) -> float:
    """How long a program may run."""
    return float(options.seconds or (HANGING if options.hangs else SECONDS))


def _refuse_mixtures(options: argparse.Namespace) -> None:
    given = {name for name, value in vars(options).items() if value and name != "profile"}
    subject = given & {"case", "script", "typing"}
    if len(subject) != 1:
        found = "CASE and --script were both given" if subject else "neither CASE nor --script was given"
        raise UserError(f"bisect: {found}; give one of them; {listing()} lists the cases")
    scripted = subject <= {"script", "typing"}
    allowed = subject | {"bad", "both", "python", "seconds"}
    # What mypy says where the bug is not has to be known, even where both ends are searched.
    allowed |= {"good"} if "both" not in given or "typing" in given else set()
    allowed |= set(_OF_SCRIPTS) if scripted else set()
    if "checkout" in given:
        allowed = allowed - {"both"} | {"checkout", "find"} if scripted else {"case", "checkout", "find"}
    if strange := sorted(given - allowed):
        takes = ", ".join(_option(name) for name in sorted(allowed - {"case", "script", "typing", "checkout"}))
        with_what = "--checkout" if "checkout" in given else _option(*subject)
        raise UserError(f"{_option(strange[0])} does not go with {with_what}, which takes {takes}, --profile")
    needed = {"bad"} if {"both", "checkout"} & given and "typing" not in given else {"bad", "good"}
    if scripted and (lacking := sorted(needed - given)):
        lacks = f"{_option(*subject)} needs --{lacking[0]} V, a release"
        raise UserError(f"{lacks}; nothing says where this bug is and where not")


_OF_SCRIPTS = ("requires", "override", "matches", "exit_code", "hangs", "warns", "symptom")


def _option(name: str) -> str:
    return "CASE" if name == "case" else f"--{name.replace('_', '-')}"


def _bisect(options: argparse.Namespace) -> Exit:
    """Search between two releases, and write what was seen on the way to a record."""
    workspace = open_workspace()
    index, profile = workspace.index, _profile(options, workspace)
    case = _case(options, workspace)
    bad = release("--bad", options.bad, index) if options.bad else _broken(case, profile)
    good = release("--good", options.good, index) if options.good else index.newest
    if bad == good and not options.both:
        raise UserError(f"--bad {bad}: it is --good, too; name two releases, of which one has the bug")
    asker = asker_of(options, workspace, case)
    record = REPORTS / "bisect.jsonl"
    start_record(record, _COMMAND)
    asker.learn(bad, good)
    code = find_both(asker, bad) if options.both else Bisection(asker, path(index, bad, good)).run()
    write_record(record, _COMMAND, [row for rows in asker.rows.values() for row in rows])
    return code


def _case(options: argparse.Namespace, workspace: Workspace) -> Case:
    if options.script or options.typing:
        return read_script(wish_of(options))
    return select_one(workspace.cases, options.case, option="CASE")


def asker_of(options: argparse.Namespace, workspace: Workspace, case: Case) -> Asker:
    """What asks *case* of releases."""
    runner = Runner(workspace.builder(), seconds=seconds_of(options))
    return Asker(case, _profile(options, workspace), workspace.releases, runner, say, options.python or "")


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
    """Build what the folder holds and ask the case, or the script that has shown on --bad what to look for."""
    workspace = open_workspace()
    asker = asker_of(options, workspace, _case(options, workspace))
    profile, checkout = asker.profile, read_checkout(options.checkout)
    if isinstance(asker.case, Script):
        given = {"--bad": options.bad, "--good": options.good}
        ends = [release(option, text, workspace.index) for option, text in given.items() if text]
        asker.learn(ends[0], ends[-1])
    case = asker.case
    target = asker.of(checkout.target(case, profile, workspace.index))
    with checkout.environment(workspace, target) as environment:
        if isinstance(environment, Unavailable):
            if environment.obstacle is Obstacle.NO_INTERPRETER:
                raise UserError(f"--checkout {options.checkout}: {environment.detail}; install one")
            say(f"{checkout.name} {asker.name}: unavailable — {environment.obstacle}: {environment.detail}")
            return GitExit.SKIP
        jobs = [Job(target, task, None) for task in programs(case)]
        found = [judged(case, job, seen) for job, seen in asker.runner.run_over(environment, jobs).items()]
    say(f"{checkout.name} {asker.name}: {summed_up(found)}")
    new = Answer.GOOD if options.find == "fix" else Answer.BAD
    said = answer(case, found)
    return GitExit.SKIP if said is Answer.SKIP else GitExit.NEW if said is new else GitExit.OLD


def say(line: str) -> None:
    """Print at once, whatever a program said."""
    print(printable(line, _LONGEST), flush=True)
