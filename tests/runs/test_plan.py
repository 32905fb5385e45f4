"""What is to be run: the environments of a case's sides, the programs in them and what each is expected to show."""

from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.case import Case, Check, Side
from harness.catalogue.marks import Mark
from harness.environments.target import Target
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Profile
from harness.runs.plan import Cell, Task, plan, unexpecting
from tests.support.factories import SYMPTOM, boundary, case, index, release

INDEX = index("0.1.0", "0.2.0", "0.3.0", "0.4.0", release("0.5.0", yanked=True), "0.6.0b1")
MARK = Mark(3, "arg-type")
AFFECTED, UNAFFECTED, NOT_APPLICABLE = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE

Expected = dict[tuple[Check, Engine], Verdict | None]


def expected(tasks: tuple[Task, ...]) -> Expected:
    found = {(task.check, task.engine): task.expected for task in tasks}
    assert len(found) == len(tasks)
    return found


def on(side: Side, subject: Case) -> Expected:
    """What is expected of a case with one boundary."""
    ((_, tasks),) = Cell(subject, side).targets(INDEX)
    assert all((task.case, task.side) == (subject, side) for task in tasks)
    return expected(tasks)


def with_workaround(folder: Path, **changes: Any) -> Case:
    (folder / "workaround.py").touch()
    return case(directory=folder, **changes)


REPRO, TYPES = (Check.REPRO, Engine.RUNTIME), (Check.TYPING, Engine.STATIC)
WORKAROUND, ITS_TYPES = (Check.WORKAROUND, Engine.RUNTIME), (Check.WORKAROUND, Engine.STATIC)


@pytest.mark.parametrize(
    ("symptom", "marks", "expected_of_broken"),
    [
        ((SYMPTOM,), (), {REPRO: AFFECTED, TYPES: UNAFFECTED}),
        ((), (MARK,), {REPRO: UNAFFECTED, TYPES: AFFECTED}),
        ((SYMPTOM,), (MARK,), {REPRO: AFFECTED, TYPES: AFFECTED}),
    ],
    ids=["behaviour", "types", "both"],
)
def test_what_tells_is_affected_on_the_broken_side_alone(
    symptom: Any, marks: Any, expected_of_broken: Expected
) -> None:
    subject = case(symptom=symptom, marks=marks)
    assert on(Side.BROKEN, subject) == expected_of_broken
    assert on(Side.FIXED, subject) == {REPRO: UNAFFECTED, TYPES: UNAFFECTED}
    assert on(Side.NEWEST, subject) == {REPRO: UNAFFECTED, TYPES: UNAFFECTED}


@pytest.mark.parametrize("marks", [(), (MARK,)])
def test_where_there_are_no_types_nothing_can_be_checked(marks: Any) -> None:
    subject = case(marks=marks, boundaries=(boundary(untyped=("broken",)),))
    assert on(Side.BROKEN, subject) == {REPRO: AFFECTED, TYPES: NOT_APPLICABLE}
    assert on(Side.FIXED, subject) == {REPRO: UNAFFECTED, TYPES: UNAFFECTED}


def test_each_boundary_says_for_itself_where_there_are_no_types() -> None:
    first, second = boundary(untyped=("broken", "fixed")), boundary(broken="0.3.0", fixed="0.4.0")
    cell = Cell(case(boundaries=(first, second)), Side.FIXED)
    assert [expected(tasks)[TYPES] for _, tasks in cell.targets(INDEX)] == [NOT_APPLICABLE, UNAFFECTED]


def test_a_workaround_is_for_the_broken_side_and_helps_there(tmp_path: Path) -> None:
    subject = with_workaround(tmp_path)
    assert on(Side.BROKEN, subject) == {REPRO: AFFECTED, TYPES: UNAFFECTED, WORKAROUND: UNAFFECTED}
    assert WORKAROUND not in on(Side.FIXED, subject)
    assert WORKAROUND not in on(Side.NEWEST, subject)


def test_a_workaround_is_type_checked_where_types_tell_the_sides_apart(tmp_path: Path) -> None:
    subject = with_workaround(tmp_path, marks=[MARK])
    assert on(Side.BROKEN, subject)[ITS_TYPES] is UNAFFECTED
    assert ITS_TYPES not in on(Side.FIXED, subject)


def test_both_sides_of_a_boundary_use_the_fixed_sides_day() -> None:
    boundaries = (boundary(), boundary(broken="0.3.0", fixed="0.4.0", profile=Profile.TODAY))
    subject = case(boundaries=boundaries)
    assert [target for target, _ in Cell(subject, Side.BROKEN).targets(INDEX)] == [
        Target("0.2.0", Profile.PERIOD, day_of="0.3.0"),
        Target("0.3.0", Profile.TODAY, day_of="0.4.0"),
    ]
    assert [target for target, _ in Cell(subject, Side.FIXED).targets(INDEX)] == [
        Target("0.3.0", Profile.PERIOD, day_of="0.3.0"),
        Target("0.4.0", Profile.TODAY, day_of="0.4.0"),
    ]


def test_a_swapped_cell_holds_its_expectations_against_the_other_sides_release() -> None:
    later = boundary(broken="0.3.0", fixed="0.4.0", profile=Profile.TODAY)
    subject = case(boundaries=(boundary(untyped=("broken",)), later))
    for side, other in ((Side.BROKEN, Side.FIXED), (Side.FIXED, Side.BROKEN)):
        swapped, usual = Cell(subject, side, swapped=True).targets(INDEX), Cell(subject, side).targets(INDEX)
        assert [target for target, _ in swapped] == [target for target, _ in Cell(subject, other).targets(INDEX)]
        assert [tasks for _, tasks in swapped] == [tasks for _, tasks in usual]


def test_there_is_nothing_to_swap_the_newest_release_with() -> None:
    assert Cell(case(), Side.NEWEST, swapped=True).targets(INDEX) == Cell(case(), Side.NEWEST).targets(INDEX)


def test_the_newest_release_has_todays_dependencies() -> None:
    ((target, _),) = Cell(case(boundaries=(boundary(), boundary())), Side.NEWEST).targets(INDEX)
    assert target == Target("0.4.0", Profile.TODAY, day_of="0.4.0")


def test_every_case_has_a_cell_for_each_side_in_the_catalogues_order() -> None:
    cells = plan([case("b_lost_7"), case("a_lost_7")])
    assert [cell.name for cell in cells] == [
        *("b_lost_7-broken", "b_lost_7-fixed", "b_lost_7-newest"),
        *("a_lost_7-broken", "a_lost_7-fixed", "a_lost_7-newest"),
    ]


def test_every_task_has_a_name_of_its_own(tmp_path: Path) -> None:
    cells = plan([with_workaround(tmp_path, marks=[MARK])])
    names = [task.name for cell in cells for _, tasks in cell.targets(INDEX) for task in tasks]
    assert len(set(names)) == len(names) == 8


def test_of_somebodys_environment_nothing_is_expected(tmp_path: Path) -> None:
    assert expected(unexpecting(with_workaround(tmp_path, marks=[MARK]))) == {REPRO: None, TYPES: None}
