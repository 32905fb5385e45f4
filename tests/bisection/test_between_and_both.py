"""What lies between two releases that were found, and both sides of a bug."""

import threading
from pathlib import Path
from typing import Any

import pytest

from harness.bisection.asking import Asker
from harness.bisection.bisection import Bisection, path
from harness.bisection.progress import watched
from harness.bisection.script import Script, Symptom, Wish, read_script
from harness.judgement.observation import Engine, Outcome
from harness.judgement.vocabulary import Verdict
from harness.runs.run import Runner
from harness.support.exits import Exit
from tests.support.bisections import BAD, INDEX, WORLD, asker, bisected, searched
from tests.support.factories import broken_off, case, checked, completed, exception, missing, profile, raised
from tests.support.machines import Machine, Stub, plug_in


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return plug_in(Machine(set(BAD)), monkeypatch)


def script(tmp_path: Path, **wish: Any) -> Script:
    file = tmp_path / "mine.py"
    file.write_text("import starlette\n", encoding="utf-8")
    return read_script(Wish(file, **wish))


def test_a_yanked_release_that_is_the_first_without_the_bug_is_named(machine: Machine) -> None:
    machine.affected |= {"0.3.0", "0.4.0", "0.5.0"}
    code, lines = bisected("0.1.0", "0.9.0", case(boundaries=()))
    assert code is Exit.AS_EXPECTED
    assert "period: 0.5.0 is the last affected, 0.5.1 (yanked) the first that is not" in lines


def test_a_pre_release_that_has_the_fix_already_is_named_and_the_case_may_state_the_finals(machine: Machine) -> None:
    machine.affected = {"0.1.0"}
    code, lines = bisected("0.1.0", "0.9.0", case(boundaries=()))
    assert code is Exit.AS_EXPECTED
    assert "period: 0.1.0 is the last affected, 0.2.0b1 (a pre-release) the first that is not" in lines


def test_what_lies_elsewhere_is_not_asked(machine: Machine) -> None:
    bisected("0.1.0", "0.9.0")
    assert {"0.2.0b1", "0.5.1"}.isdisjoint(machine.ran)


def test_one_in_between_that_cannot_be_told_makes_the_answer_a_range(machine: Machine) -> None:
    machine.affected |= {"0.3.0", "0.4.0", "0.5.0"}
    code, lines = bisected("0.1.0", "0.9.0", case(boundaries=()), missing=["0.5.1"])
    assert code is Exit.NOT_OBSERVED
    assert "period: It went after 0.5.0 and by 0.6.0; what lies between cannot be told" in lines


def test_both_sides_are_found_from_one_release(machine: Machine, tmp_path: Path) -> None:
    machine.affected = {"0.4.0", "0.5.0", "0.5.1", "0.6.0"}
    code, lines = searched("0.5.0", script(tmp_path))
    assert code is Exit.AS_EXPECTED
    assert "period: 0.3.0 is the last that is not affected, 0.4.0 the first affected" in lines
    assert "period: 0.6.0 is the last affected, 0.7.0 the first that is not" in lines


def test_a_bug_that_came_with_its_feature_and_is_still_there_is_told_so(machine: Machine, tmp_path: Path) -> None:
    mine = script(tmp_path)
    for version in ("0.1.0", "0.2.0b1", "0.2.0", "0.3.0"):
        machine.endings[version] = [raised(missing("starlette.sessions", str(mine.file)))] * 9
    machine.affected = {f"0.{minor}.0" for minor in range(4, 10)}
    code, lines = searched("0.5.0", mine)
    assert code is Exit.AS_EXPECTED
    assert "period: 0.3.0 has no such feature, and 0.4.0 is the first affected" in lines
    assert lines[-1] == "0.9.0, the last one on this side, is affected too"


def test_where_the_end_of_a_side_cannot_be_told_the_nearest_good_release_is_one(
    machine: Machine, tmp_path: Path
) -> None:
    machine.affected = {"0.5.0", "0.5.1", "0.6.0"}
    machine.endings["0.9.0"] = [raised(exception(type="KeyError"))] * 9
    _, lines = searched("0.5.0", script(tmp_path))
    assert "period: 0.6.0 is the last affected, 0.7.0 the first that is not" in lines


def test_a_side_of_which_nothing_can_be_told_is_not_found(machine: Machine, tmp_path: Path) -> None:
    machine.affected = {"0.8.0"}
    machine.endings["0.9.0"] = [raised(exception(type="KeyError"))] * 9
    code, lines = searched("0.8.0", script(tmp_path))
    assert code is Exit.NOT_OBSERVED
    assert lines[-1] == "Nothing between 0.8.0 and 0.9.0 could be told to be free of it"


def test_a_feature_that_is_missing_at_an_end_is_told_as_that(machine: Machine, tmp_path: Path) -> None:
    mine = script(tmp_path)
    machine.endings["0.9.0"] = [raised(missing("starlette.sessions", str(mine.file)))]
    code, lines = bisected("0.1.0", "0.9.0", mine)
    assert code is Exit.NOT_OBSERVED
    assert lines[-1] == "0.9.0 was taken for good, which has no such feature; name an end that has the feature"


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (broken_off(Outcome.TIMED_OUT, Engine.RUNTIME), "add --hangs; --seconds N gives it more time"),
        (completed(outcome=Outcome.EXITED, exit_code=1), "add --exit-code"),
        (raised(missing("trio")), "name the package that has trio with --requires PKG"),
    ],
)
def test_an_end_that_cannot_be_told_comes_with_what_to_do(
    machine: Machine, tmp_path: Path, ending: Any, said: str
) -> None:
    machine.endings["0.9.0"] = [ending]
    assert said in bisected("0.1.0", "0.9.0", script(tmp_path))[1][-1]


def test_failures_that_differ_by_their_messages_alone_suggest_matches(machine: Machine, tmp_path: Path) -> None:
    machine.endings["0.2.0"] = [raised(exception(message="no cookie"))] * 9
    code, lines = bisected("0.1.0", "0.9.0", script(tmp_path))
    assert code is Exit.AS_EXPECTED
    (hint,) = [line for line in lines if "--matches" in line]
    assert "0.1.0: no session here" in hint
    assert "0.2.0: no cookie" in hint
    machine.endings["0.2.0"] = [raised(exception(message="no cookie"))] * 9
    _, lines = bisected("0.1.0", "0.9.0", script(tmp_path, matches="session"))
    assert (
        "0.2.0 period: inconclusive — other_exception: AssertionError: no cookie (starlette/requests.py:31)"
        in "\n".join(lines)
    )


def test_an_interpreter_that_was_asked_for_is_taken_and_named(machine: Machine) -> None:
    lines: list[str] = []
    asked = asker(lines, python="3.12")
    Bisection(asked, path(INDEX, "0.1.0", "0.9.0")).run()
    assert lines[0].startswith("0.1.0 period, CPython 3.12: affected")
    stub = asked.runner.builder
    assert isinstance(stub, Stub)
    assert {target.python for target in stub.asked} == {"==3.12.*"}


def test_what_mypy_says_on_the_good_release_too_is_not_looked_for(machine: Machine, tmp_path: Path) -> None:
    noise, wrong = (1, "no-untyped-def"), (3, "index")

    class Typed(Machine):
        def check(self, base: Any, programs: Any, caches: Any) -> Any:
            self.ran[base.release] += 1
            errors = (noise, wrong) if base.release in BAD else (noise,)
            errors = (*errors, (7, "arg-type")) if base.release == "0.5.0" else errors
            return [checked(*errors, freeze=base.freeze) for _ in programs]

    typed = Typed(BAD)
    with pytest.MonkeyPatch.context() as patch:
        plug_in(typed, patch)
        code, lines = bisected("0.1.0", "0.9.0", script(tmp_path, symptom=Symptom.TYPES, option="--typing"))
    assert code is Exit.AS_EXPECTED
    assert lines[0] == "Looking for line 3: index: in mypy's words"
    assert "period: 0.2.0 is the last affected, 0.3.0 the first that is not" in lines


def test_a_demand_on_starlette_is_overridden_by_request_alone(machine: Machine, tmp_path: Path) -> None:
    for override in (True, False):
        stub = Stub()
        asked = Asker(script(tmp_path, override=override), profile(), WORLD, Runner(stub), lambda _: None)
        asked.learn("0.1.0", None)
        assert {target.layer.overriding for target in stub.asked} == {override}


@pytest.mark.parametrize(("override", "hinted"), [(False, 1), (True, 0)])
def test_a_range_behind_a_package_that_was_required_suggests_to_override_it(
    machine: Machine, tmp_path: Path, override: bool, hinted: int
) -> None:
    mine = script(tmp_path, requires=["itsdangerous"], override=override)
    code, lines = bisected("0.1.0", "0.9.0", mine, missing=["0.3.0"])
    assert code is Exit.NOT_OBSERVED
    assert sum("--override installs it nevertheless" in line for line in lines) == hinted


def test_what_a_user_requires_is_named_with_its_version(machine: Machine, tmp_path: Path) -> None:
    _, lines = bisected("0.1.0", "0.9.0", script(tmp_path, requires=["itsdangerous"]))
    assert any(line.startswith("0.9.0 period, itsdangerous 2.0.1: unaffected") for line in lines)


def test_a_program_that_takes_long_is_said_to_run_and_one_that_does_not_is_not() -> None:
    said: list[str] = []
    told = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        told.set()

    with watched(say, "0.1.0 period", 60, patience=0.01):
        assert told.wait(10)
    assert said[0].startswith("0.1.0 period: still building or running after 0 s; the program itself may run 60 s")
    said.clear()
    with watched(say, "0.1.0 period", 60):
        pass
    assert not said


def test_a_script_that_is_good_on_the_bad_release_teaches_nothing(machine: Machine, tmp_path: Path) -> None:
    lines: list[str] = []
    asked = asker(lines, script(tmp_path))
    asked.learn("0.9.0", None)
    assert lines == []
    assert {row.verdict for row in asked.rows["0.9.0"]} == {Verdict.UNAFFECTED}
