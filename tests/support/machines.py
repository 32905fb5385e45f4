"""Environments out of nothing, and a machine that runs programs in them as a test wants it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import repros.engine
import typing_checks.engine
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target
from harness.judgement.observation import Observation
from harness.runs.workspace import Workspace
from repros.engine import Program
from tests.support.factories import checked, completed, environment, raised


class Stub(Builder):
    """Builds an environment out of nothing, but for the releases that *missing* names. It has what `case()` needs."""

    def __init__(self, missing: Sequence[str] = ()) -> None:
        self.missing = missing
        self.asked: list[Target] = []

    @property
    def mypy_caches(self) -> Path:
        return Path("nowhere")

    @property
    def bytecode(self) -> Path:
        return Path("nowhere")

    def base(self, target: Target) -> Environment | Unavailable:
        if target.release in self.missing:
            return Unavailable(Obstacle.NOT_INSTALLABLE, "nothing fits")
        freeze = ("anyio==3.3.4", "itsdangerous==2.0.1", f"starlette=={target.release}")
        return environment(release=target.release, freeze=freeze)

    def layered(self, base: Environment, target: Target) -> Environment | Unavailable:
        self.asked.append(target)
        return base

    def drivers(self, base: Environment, target: Target) -> Path | Unavailable | None:
        return None


class Machine:
    """Stands in for both engines: affected where it should be, or what was said of a release, one after the other."""

    def __init__(self, affected: set[str]) -> None:
        self.affected = affected
        self.ran: Counter[str] = Counter()
        self.endings: dict[str, list[Observation]] = {}

    def run(self, base: Environment, programs: Sequence[Program], **_: Any) -> Sequence[Observation]:
        self.ran[base.release] += 1
        endings = self.endings.get(base.release)
        usual = raised() if base.release in self.affected else completed()
        ended = endings.pop(0) if endings else usual
        return [replace(ended, freeze=base.freeze, imported_version=base.release) for _ in programs]

    def check(self, base: Environment, programs: Sequence[Path], caches: Path) -> Sequence[Observation]:
        return [checked(freeze=base.freeze) for _ in programs]


def plug_in(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Let *machine* run what would be run."""
    monkeypatch.setattr(repros.engine, "observe", machine.run)
    monkeypatch.setattr(typing_checks.engine, "observe", machine.check)
    return machine


@dataclass(frozen=True, slots=True)
class MadeUp(Workspace):
    """A workspace whose environments are made out of nothing."""

    stub: Stub = field(default_factory=Stub)

    def builder(self) -> Builder:
        return self.stub
