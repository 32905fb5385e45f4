"""A run's observations and verdicts as JSON Lines: a header, a line for each, a footer.

A record without a footer was cut short and is invalid.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness.catalogue.case import Check, Side
from harness.environments.model import Environment
from harness.environments.target import Target
from harness.judgement.observation import Engine, Observation
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from harness.releases.index import Profile
from harness.runs.plan import Task, observation_name
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.files import write_whole

FORMAT = "starlette-cases/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One observation with its verdict.

    `profile` is None for an environment that somebody already had; `mutant` names the case whose
    bug had been put back.
    """

    case: str
    issue: int
    check: Check
    engine: Engine
    side: Side | None
    release: str
    profile: Profile | None
    python: str | None
    expected: Verdict | None
    verdict: Verdict
    reason: Reason | None
    evidence: str
    starlette_file: str | None
    freeze: tuple[str, ...]
    used: tuple[str, ...]
    tells: bool
    seconds: float
    mutant: str | None = None

    @property
    def program(self) -> str:
        """What was run, in a word or two."""
        return f"{self.check} types" if self.check is Check.WORKAROUND and self.engine is Engine.STATIC else self.check

    @property
    def differs(self) -> bool:
        """Whether this is not what was expected; where nothing was, whether the bug is there."""
        if self.expected is None:
            return self.verdict is Verdict.AFFECTED
        return self.verdict is not self.expected and not self.unobserved

    @property
    def unobserved(self) -> bool:
        return self.verdict in (Verdict.INCONCLUSIVE, Verdict.UNAVAILABLE, Verdict.FLAKY)

    @property
    def name(self) -> str:
        return f"{observation_name(self.case, self.check, self.engine, self.side)}-{self.release}"


def to_row(
    task: Task, target: Target | None, environment: Environment | None, seen: Observation, judgement: Judgement
) -> Row:
    """Lay side by side what was asked for, what was found and what it means."""
    if target is None and environment is None:
        raise ValueError("a row is about a release that was asked for, or about an environment")
    return Row(
        case=task.case.name,
        issue=task.case.facts.issue,
        check=task.check,
        engine=task.engine,
        side=task.side,
        release=target.release if target else environment.release if environment else "",
        profile=target.profile if target else None,
        python=environment.python if environment else None,
        expected=task.expected,
        verdict=judgement.verdict,
        reason=judgement.reason,
        evidence=judgement.evidence,
        starlette_file=seen.imported_file or (environment.starlette_file if environment else None),
        freeze=seen.freeze or (environment.freeze if environment else ()),
        used=seen.used,
        tells=task.case.tells(task.check),
        seconds=round(seen.seconds, 3),
    )


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
    lines = [_header(command) | dict(about or {}), *(asdict(row) for row in rows), footer | {"exit": exit_code(rows)}]
    _replace(path, lines)


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a part of a record, for `read_rows`."""
    _replace(path, [asdict(row) for row in rows])


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read what `write_rows` wrote."""
    return tuple(_to_row(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def read_record(path: Path) -> tuple[Row, ...]:
    """Read a whole record.

    Raises:
        UserError: this is no record, or one that was cut short.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        header, *rows = lines
        if header["record"] != FORMAT:
            raise ValueError(f"its format is {header['record']!r}")
        if not (rows and rows[-1].get("footer")):
            raise UserError(f"{path}: the record has no footer: the run was cut short; run it again")
        if rows[-1]["observations"] != len(rows) - 1:
            raise ValueError(f"{rows[-1]['observations']} observations are announced, {len(rows) - 1} are there")
        return tuple(_to_row(row) for row in rows[:-1])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path}: this is no record of format {FORMAT}: {error}") from None


def read_header(path: Path) -> dict[str, Any]:
    """The header of a record that `read_record` has read."""
    header: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").partition("\n")[0])
    return header


def _header(command: str) -> dict[str, object]:
    return {"record": FORMAT, "command": command}


_KINDS: dict[str, Callable[[Any], Any]] = {
    "check": Check,
    "engine": Engine,
    "side": Side,
    "profile": Profile,
    "expected": Verdict,
    "verdict": Verdict,
    "reason": Reason,
    "freeze": tuple,
    "used": tuple,
}


def _to_row(values: dict[str, Any]) -> Row:
    """Undo `asdict`: JSON knows neither enumerations nor tuples."""
    return Row(**{
        key: _KINDS[key](value) if key in _KINDS and value is not None else value for key, value in values.items()
    })  # fmt: skip


def _replace(path: Path, lines: Iterable[object]) -> None:
    write_whole(path, "".join(json.dumps(line) + "\n" for line in lines))
