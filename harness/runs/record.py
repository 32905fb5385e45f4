"""A run's observations and verdicts as JSON Lines: a header, a line for each, a footer.

A record without a footer was cut short and is invalid.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from harness.runs.row import Row
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.files import read_whole, write_whole

FORMAT = "starlette-cases/2"


_ROW = TypeAdapter(Row)


def exit_code(rows: Iterable[Row]) -> Exit:
    """How a run with these rows ends. Nothing observed is no success."""
    rows = tuple(rows)
    if any(row.differs for row in rows):
        return Exit.DIFFERS
    if not rows or any(row.unobserved for row in rows):
        return Exit.NOT_OBSERVED
    return Exit.AS_EXPECTED


def start_record(path: Path, command: str) -> None:
    """Put a header where the record will be, so that an older one is not taken for this run's."""
    _replace(path, [_header(command)])


def write_record(path: Path, command: str, rows: Sequence[Row], about: Mapping[str, object] | None = None) -> None:
    """Write a whole record in one step; its header says what else the run was *about*."""
    footer = {"footer": True, "observations": len(rows), "verdicts": Counter(row.verdict for row in rows)}
    lines = [
        _header(command) | dict(about or {}),
        *(_ROW.dump_python(row, mode="json") for row in rows),
        footer | {"exit": exit_code(rows)},
    ]
    _replace(path, lines)


def read_record(path: Path) -> tuple[Row, ...]:
    """Read a whole record.

    Raises:
        UserError: this is no record, or one that was cut short.
    """
    try:
        lines = [json.loads(line) for line in read_whole(path).splitlines()]
        header, *rows = lines
        if header["record"] != FORMAT:
            raise ValueError(f"its format is {header['record']!r}")
        if not (rows and rows[-1].get("footer")):
            raise UserError(f"{path}: the record has no footer: the run was cut short; run it again")
        if rows[-1]["observations"] != len(rows) - 1:
            raise ValueError(f"{rows[-1]['observations']} observations are announced, {len(rows) - 1} are there")
        return tuple(_ROW.validate_python(row) for row in rows[:-1])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path}: this is no record of format {FORMAT}: {error}") from None


def read_header(path: Path) -> dict[str, Any]:
    """The header of a record that `read_record` has read."""
    header: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").partition("\n")[0])
    return header


def _header(command: str) -> dict[str, object]:
    return {"record": FORMAT, "command": command}


def _replace(path: Path, lines: Iterable[object]) -> None:
    write_whole(path, "".join(json.dumps(line) + "\n" for line in lines))
