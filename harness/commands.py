"""The commands behind the sessions of nox: each returns an exit code."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from harness.catalogue import load_catalogue, select
from harness.errors import UserError
from harness.exits import Exit
from harness.index import Profile


def main(arguments: Sequence[str]) -> int:
    """Run a command; a mistake of the user's is one message and exit code 2."""
    command, *rest = arguments or [""]
    try:
        if command not in _COMMANDS:
            raise UserError(f"{command!r} is no command; the commands are {', '.join(_COMMANDS)}")
        return _COMMANDS[command](rest)
    except UserError as error:
        print(error, file=sys.stderr)
        return Exit.WRONG_USE


def check(arguments: Sequence[str]) -> int:
    """Run every case against an environment that somebody already has."""
    parser = argparse.ArgumentParser(prog="nox -s check --", description=check.__doc__)
    parser.add_argument("--python", required=True, type=Path, metavar="PATH", help="the environment's interpreter")
    parser.add_argument("--case", action="append", default=[], metavar="NAME", help="only this case; repeatable")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the record there, as JSON Lines")
    options = parser.parse_args(arguments)

    from harness.environment import Builder
    from harness.record import exit_code, write_record
    from harness.report import show
    from harness.running import run_existing
    from repros.engine import inspect

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


def sweep(arguments: Sequence[str]) -> int:
    """Run every case on every release, and write what was measured to evidence/."""
    parser = argparse.ArgumentParser(prog="nox -s sweep --", description=sweep.__doc__)
    parser.add_argument("--case", action="append", default=[], metavar="NAME", help="only this case; repeatable")
    parser.add_argument("--releases", default="..", metavar="A..B", help="only these, e.g. 0.12.0..0.13.0 or 1.9.0..")
    parser.add_argument("--profile", action="append", type=Profile, choices=list(Profile), help="only this profile")
    parser.add_argument(
        "--shard", default="1/1", metavar="I/N", help="only this part, for a matrix; writes no evidence"
    )
    parser.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="observe nothing; read records of shards")
    parser.add_argument("--verify", action="store_true", help="write nothing; say which lines of the evidence differ")
    options = parser.parse_args(arguments)

    from harness.sweeping import sweep_all

    return sweep_all(
        cases=select(load_catalogue(), options.case),
        profiles=options.profile or list(Profile),
        releases=options.releases,
        shard=options.shard,
        merge=options.merge,
        verify=options.verify,
    )


def lock(arguments: Sequence[str]) -> int:
    """Ask the index for new releases and pin every environment again, by hash."""
    parser = argparse.ArgumentParser(prog="nox -s lock --", description=lock.__doc__)
    parser.parse_args(arguments)

    from harness.locking import write_locks

    write_locks()
    return Exit.AS_EXPECTED


def bench(arguments: Sequence[str]) -> int:
    """Time the cases against the plain way and against the floor, as ratios."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=bench.__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each, in turns (default: 5)")
    options = parser.parse_args(arguments)

    from harness.bench import compare

    compare(options.rounds)
    return Exit.AS_EXPECTED


def _interpreter(path: Path) -> Path:
    """The absolute path, with its links as they are: a venv's interpreter is one."""
    if path.is_dir():
        raise UserError(f"--python {path}: this is a folder; name its interpreter, e.g. {path / 'bin' / 'python'}")
    if not path.is_file():
        raise UserError(f"--python {path}: there is no such file; name an interpreter, e.g. .venv/bin/python")
    return path.absolute()


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {"check": check, "lock": lock, "bench": bench, "sweep": sweep}
