"""An environment with a miniature Starlette, in which the programs of a test are run and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from harness.catalogue.case import Check, Signature
from harness.environments.inspection import inspect
from harness.environments.model import Environment
from harness.judgement.judge import judge
from harness.judgement.observation import Observation
from harness.judgement.vocabulary import Judgement
from repros.engine import Program, observe
from tests.support.environments import make_environment
from tests.support.miniatures import write_starlette
from tests.support.observations import Subject, needs, signature

SYMPTOM = signature("AssertionError", "repro.py", "^the symptom$")


@dataclass(frozen=True, slots=True)
class Bench:
    """A target, and a folder in which cases are laid out."""

    target: Environment
    folder: Path
    symptoms: list[Signature] = field(default_factory=lambda: [SYMPTOM])

    def write(self, program: str, name: str = "greeting_7") -> Path:
        """Lay out a case whose repro is *program*, after an import of Starlette."""
        repro = self.folder / name / "repro.py"
        repro.parent.mkdir()
        repro.write_text(f"import starlette\n{program}\n", encoding="utf-8")
        (repro.parent / "case.toml").touch()
        return repro

    def observe(self, *programs: str | Program, seconds: float = 60.0) -> tuple[Observation, ...]:
        """Run each of *programs* as a case of its own, in one visit."""
        written = [
            each if isinstance(each, Program) else Program(self.write(each, f"greeting_{number}"))
            for number, each in enumerate(programs)
        ]
        return observe(self.target, written, seconds)

    def judge(self, program: str, *symptoms: Signature) -> Judgement:
        """Run *program*, and judge it by *symptoms*."""
        repro = self.write(program)
        (seen,) = observe(self.target, [Program(repro)])
        subject = Subject(directory=repro.parent, symptom=symptoms or (SYMPTOM,), environment=needs())
        return judge(subject, Check.REPRO, self.target, seen)

    def with_starlette(self, files: dict[str, str]) -> "Bench":
        """The same with other files in Starlette's folder."""
        package = Path(self.target.starlette_file).parent
        for name, text in files.items():
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_text(text, encoding="utf-8")
        return replace(self, target=inspect(self.target.interpreter))


@pytest.fixture(scope="module")
def shared_target(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("a target")
    return inspect(make_environment(folder / "venv", [write_starlette(folder, "fixed", "1.0")]))


@pytest.fixture
def bench(shared_target: Environment, tmp_path: Path) -> Bench:
    """A target that no test changes."""
    return Bench(shared_target, tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Bench:
    """A target of the test's own, to be changed."""
    interpreter = make_environment(tmp_path / "venv", [write_starlette(tmp_path, "fixed", "1.0")])
    return Bench(inspect(interpreter), tmp_path)


def outcomes(seen: Sequence[Observation]) -> list[str]:
    return [each.outcome.value for each in seen]
