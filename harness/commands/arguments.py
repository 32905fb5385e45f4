"""Arguments that several commands take, and what is refused of them before anything is run."""

import argparse
import os
import stat
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from harness.catalogue.case import Case
from harness.support.errors import UserError
from harness.support.files import refuse_unwritable_folder
from harness.touches.touching import Reading, touching


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Take what `harness.catalogue.selection.select` understands."""
    parser.add_argument(
        "--case",
        action="append",
        default=[],
        metavar="NAME",
        help="only this case: a name, a number such as 483, or an identifier such as CVE-2025-62727; repeatable",
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="only this area or kind, e.g. security; repeatable"
    )


def add_report(parser: argparse.ArgumentParser, formats: Iterable[str], *, strict: str) -> None:
    """Take what every report is written by; *strict* says what that adds to a failure."""
    parser.add_argument("--format", choices=tuple(formats), default="table", help="what is written (default: table)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there, not to standard output")
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="findings that are accepted, as TOML")
    parser.add_argument("--strict", action="store_true", help=strict)


def add_source(parser: argparse.ArgumentParser) -> None:
    """Take the folders whose code `read_source` looks at."""
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="a folder of your Python files: say where they use what a bug is about; repeatable",
    )


def read_source(folders: Sequence[Path], cases: Sequence[Case], dependents: Collection[str] = ()) -> Reading | None:
    """Whether the code below *folders* touches *cases*, None where there are none; says how much was looked at.

    *dependents* are modules of other packages that use Starlette.

    Raises:
        UserError: one is no folder, or has no Python file.
    """
    if not folders:
        return None
    reading = touching(cases, tuple(folders), dependents)
    print(f"--source {' '.join(map(str, folders))}: {reading.looked_at}", file=sys.stderr, flush=True)
    return reading


def refuse_unwritable(option: str, path: Path) -> None:
    """Refuse, before anything is run, what could not be written afterwards.

    Raises:
        UserError: it is a folder, lies in none, or may not be written.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    except OSError as error:
        raise UserError(f"{option} {path}: {error.strerror}; name another file") from None
    if mode is not None and stat.S_ISDIR(mode):
        raise UserError(f"{option} {path}: this is a folder; name a file in it")
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise UserError(f"{option} {path}: there is no folder {folder}; name one that is there")
    if mode is not None and not os.access(path, os.W_OK):
        raise UserError(f"{option} {path}: it may not be written; name another file")
    # What is no regular file is written into as it stands.
    if mode is None or stat.S_ISREG(mode):
        refuse_unwritable_folder(f"{option} {path}", folder)
