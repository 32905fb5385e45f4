"""Writes the locks: asks uv what each environment of the default matrix resolves to.

Nothing is written before everything is resolved, and what it writes names no address.
"""

import json
import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dependency_groups import resolve as resolve_groups
from packaging.specifiers import SpecifierSet

from harness.catalogue.case import Case
from harness.environments.locks import BUILD_LOCK, ENVIRONMENTS, HASHES, Locks, beside_name
from harness.environments.model import Obstacle, Unavailable
from harness.environments.pins import Pins, pinned
from harness.environments.resolution import Resolver, spoken
from harness.environments.target import NOTHING, Target, Wanted
from harness.environments.uv import said, uv
from harness.runs.plan import Releases, plan
from harness.support.errors import UserError
from harness.support.processes import Finished, workers

_BUILD_BACKENDS = ("hatchling", "setuptools", "wheel")
# What the tools run on at least.
TOOLS_PYTHON = "3.11"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What targets resolve to: pins without hashes by the name of the environment, and hashes by distribution."""

    environments: dict[str, Pins] = field(default_factory=dict)
    hashes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, name: str, pins: Pins) -> None:
        """Take in one environment. A distribution has more files on a later day: all that any environment knows."""
        self.environments[name] = tuple(line.partition(" --hash")[0] for line in pins)
        for line in pins:
            key = "==".join(pinned(line))
            hashes = {part for part in line.split() if part.startswith("--hash=")}
            self.hashes[key] = tuple(sorted(hashes | set(self.hashes.get(key, ()))))


def resolve(cases: Sequence[Case], releases: Releases, resolver: Resolver, known: Locks | None) -> Resolved:
    """What every environment of the default matrix of *cases* resolves to; what is *known* is not asked again.

    Raises:
        UserError: something cannot be resolved; the message names each environment.
    """
    targets = dict.fromkeys(job.target for cell in plan(cases, releases.profiles) for job in cell.jobs(releases))
    bases = dict.fromkeys(target.base for target in targets)
    found, failed = Resolved(), list[str]()
    with workers() as pool:
        based = dict(zip(bases, pool.map(lambda base: _base(base, resolver, known), bases), strict=True))
        wanted = dict.fromkeys(
            (target.base, each) for target in targets for each in (target.layer, _tried(target.drivers)) if each
        )
        beside = pool.map(lambda pair: _beside(pair[0], pair[1], based[pair[0]], resolver, known), wanted)
        found_beside = dict(zip(wanted, beside, strict=True))
    for base, pins in based.items():
        _take(found, base.name, pins, failed)
    for (base, each), pins in found_beside.items():
        _take(found, beside_name(base, each), pins, failed)
    if failed:
        raise UserError("\n".join(failed))
    return found


def _tried(drivers: Wanted) -> Wanted:
    """Each of the drivers by itself, as a builder asks for them."""
    return Wanted(optional=drivers.required) if drivers else NOTHING


def _take(found: Resolved, name: str, pins: Pins | Unavailable, failed: list[str]) -> None:
    if not isinstance(pins, Unavailable):
        found.add(name, pins)
    elif pins.obstacle not in (Obstacle.EXCLUDED, Obstacle.WRONG_PYTHON):
        failed.append(f"{name}: {pins.detail}")


def _base(target: Target, resolver: Resolver, known: Locks | None) -> Pins | Unavailable:
    return _known(target.name, known) or resolver.base(target, oldest(target.python))


def _beside(
    target: Target, wanted: Wanted, base: Pins | Unavailable, resolver: Resolver, known: Locks | None
) -> Pins | Unavailable:
    if isinstance(base, Unavailable):
        return base
    return _known(beside_name(target, wanted), known) or resolver.over(target, oldest(target.python), base, wanted)


def _known(name: str, known: Locks | None) -> Pins | None:
    """A lock that is there already, with its hashes; None where it is not, or lacks one."""
    pins = known.environments.get(name) if known else None
    if known is None or pins is None:
        return None
    hashes = [known.hashes.get("==".join(pinned(line))) for line in pins]
    if not all(hashes):
        return None
    return tuple(
        " ".join([line, *(f"--hash={h}" for h in some or ())]) for line, some in zip(pins, hashes, strict=True)
    )


def oldest(specifier: str) -> str:
    """The oldest minor version of Python that *specifier* admits: a universal lock is resolved from there on."""
    minors = (f"3.{minor}" for minor in range(8, 40))
    return next((each for each in minors if SpecifierSet(specifier).contains(f"{each}.99")), TOOLS_PYTHON)


def texts(found: Resolved, as_of: datetime) -> dict[str, str]:
    """The two files of the locks, by name."""
    rows = sorted(found.environments.items())
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(pins)}" for name, pins in rows)
    document = f'{{\n  "as_of": "{spoken(as_of)}",\n  "environments": {{\n{lines}\n  }}\n}}\n'
    used = {"==".join(pinned(line)) for pins in found.environments.values() for line in pins}
    hashes = [" ".join([name, *found.hashes[name]]) for name in sorted(used)]
    header = "# Written by: nox -s lock. Every distribution of every environment, with the hashes of its files.\n"
    return {ENVIRONMENTS: document, HASHES: header + "".join(f"{line}\n" for line in hashes)}


def merged(found: Resolved, known: Locks) -> Resolved:
    """*found* beside what is *known* already, which stays as it is: its hashes are part of what others install."""
    environments = {name: tuple(pins) for name, pins in known.environments.items()} | found.environments
    hashes = {name: tuple(f"--hash={each}" for each in some) for name, some in known.hashes.items()}
    return Resolved(environments, found.hashes | hashes)


def tool_locks(project: Path, as_of: datetime) -> dict[str, str]:
    """The files that pin the tools and the build backends, by name, as requirements with hashes."""
    groups = tomllib.loads(project.read_text(encoding="utf-8"))["dependency-groups"]
    wanted = {f"{name}.txt": resolve_groups(groups, name) for name in groups} | {BUILD_LOCK: _BUILD_BACKENDS}
    return {name: _compiled(requirements, as_of) for name, requirements in wanted.items()}


def _compiled(requirements: Iterable[str], as_of: datetime) -> str:
    wanted = sorted(requirements)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "wanted.in"
        source.write_text("".join(f"{each}\n" for each in wanted), encoding="utf-8")
        finished = asked(
            *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--exclude-newer", spoken(as_of), "--python-version", TOOLS_PYTHON, source),
        )
    return (
        f"# Written by: nox -s lock. What {', '.join(wanted)} resolved to before {as_of:%Y-%m-%d}.\n{finished.stdout}"
    )


def script_block(noxfile: str, tools: str) -> str:
    """*noxfile* with the versions of the lock *tools* in its script block, so that a global nox sets itself up.

    Without hashes, for which such a block has no place: `pip install -r evidence/locks/tools.txt` is the hashed way.
    """
    lines = [line.removesuffix(" \\") for line in tools.splitlines() if line and not line.startswith(("#", " "))]
    listed = "".join(f"#     {json.dumps(line)},\n" for line in lines)
    python = f'# requires-python = ">={TOOLS_PYTHON}"\n'
    block = f"# /// script\n{python}# dependencies = [\n{listed}# ]\n# ///\n"
    return re.sub(r"\A# /// script\n(#.*\n)*?# ///\n", lambda _: block, noxfile)


def asked(*arguments: str | Path) -> Finished:
    """What uv answers.

    Raises:
        UserError: it failed.
    """
    finished = uv(*arguments)
    if finished.code != 0:
        raise UserError(f"uv {arguments[0]} {arguments[1]} failed: {said(finished)}")
    return finished


def midnight() -> datetime:
    """The beginning of today, in UTC."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def named(found: Resolved, known: Locks | None) -> Iterator[str]:
    """The environments that *known* does not have, or has otherwise."""
    for name, pins in found.environments.items():
        if known is None or known.environments.get(name) != pins:
            yield name
