"""What is to be run: the environments of a case's sides, the programs in them and what each is expected to show."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.case import Case, Check, Needs, Open, Retired, Side
from harness.catalogue.marks import Mark
from harness.environments.target import Target, Wanted
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index
from harness.releases.profiles import PERIOD, TODAY
from harness.runs.plan import Cell, Job, Task, jobs_in, plan, tasks
from tests.support.factories import SYMPTOM, boundary, case, index, profile, release, releases

INDEX = index(
    release("0.1.0", "2019-01-01T12:00:00Z"),
    release("0.2.0", "2019-02-01T12:00:00Z"),
    release("0.3.0", "2019-03-01T12:00:00Z"),
    release("0.4.0", "2019-04-01T12:00:00Z"),
    release("0.5.0", yanked=True),
    "0.6.0b1",
)
OLD_PYTHON = profile("today-old", python="==3.10.*", constraints=("anyio<4",))
WORLD = releases(INDEX, OLD_PYTHON)
MARK = Mark(3, "arg-type")
AFFECTED, UNAFFECTED, NOT_APPLICABLE = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE

Expected = dict[tuple[Check, Engine], Verdict | None]


def expected(found: Iterable[Task]) -> Expected:
    return {(task.check, task.engine): task.expected for task in found}


def targets(cell: Cell) -> list[Target]:
    return list(dict.fromkeys(job.target for job in cell.jobs(WORLD)))


def on(side: Side, subject: Case) -> Expected:
    """What is expected of a case with one boundary."""
    jobs = list(Cell(subject, side).jobs(WORLD))
    assert all((job.task.case, job.task.side) == (subject, side) for job in jobs)
    assert len(jobs) == len(expected(job.task for job in jobs))
    return expected(job.task for job in jobs)


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
    jobs = Cell(case(boundaries=(first, second)), Side.FIXED).jobs(WORLD)
    assert [job.task.expected for job in jobs if job.task.check is Check.TYPING] == [NOT_APPLICABLE, UNAFFECTED]


def test_a_workaround_is_for_the_broken_side_and_helps_there(tmp_path: Path) -> None:
    subject = with_workaround(tmp_path)
    assert on(Side.BROKEN, subject) == {REPRO: AFFECTED, TYPES: UNAFFECTED, WORKAROUND: UNAFFECTED}
    assert WORKAROUND not in on(Side.FIXED, subject)
    assert WORKAROUND not in on(Side.NEWEST, subject)


def test_a_workaround_is_type_checked_where_types_tell_the_sides_apart(tmp_path: Path) -> None:
    subject = with_workaround(tmp_path, marks=[MARK])
    assert on(Side.BROKEN, subject)[ITS_TYPES] is UNAFFECTED
    assert ITS_TYPES not in on(Side.FIXED, subject)


def test_both_sides_of_a_boundary_use_the_fixed_sides_day_or_the_indexs() -> None:
    boundaries = (boundary(), boundary(broken="0.3.0", fixed="0.4.0", profile=TODAY))
    subject = case(boundaries=boundaries)
    day = datetime(2019, 3, 2, tzinfo=UTC)
    for side, first, second in ((Side.BROKEN, "0.2.0", "0.3.0"), (Side.FIXED, "0.3.0", "0.4.0")):
        found = [(each.release, each.profile.name, each.cutoff) for each in targets(Cell(subject, side))]
        assert found == [(first, PERIOD, day), (second, TODAY, INDEX.as_of)]


def test_a_target_says_all_that_a_case_needs_and_its_base_nothing_of_it() -> None:
    needs = Needs(requires=("ItsDangerous",), optional=("anyio[trio]",), drivers=("asgiref",), python="<3.13")
    (target,) = targets(Cell(case(environment=needs), Side.BROKEN))
    assert target.layer == Wanted(("itsdangerous",), ("anyio[trio]",))
    assert target.drivers == Wanted(("asgiref",))
    assert target.python == ">=3.11,<3.13"
    (plain,) = targets(Cell(case(environment=Needs(python="<3.13")), Side.BROKEN))
    assert target.base == plain


def test_a_boundary_brings_its_profiles_python_and_constraints_along() -> None:
    subject = case(boundaries=(boundary(profile="today-old"),))
    (target,) = targets(Cell(subject, Side.BROKEN))
    assert (target.python, target.profile.constraints) == ("==3.10.*", ("anyio<4",))


def test_a_swapped_cell_holds_its_expectations_against_the_other_sides_release() -> None:
    later = boundary(broken="0.3.0", fixed="0.4.0", profile=TODAY)
    subject = case(boundaries=(boundary(untyped=("broken",)), later))
    for side, other in ((Side.BROKEN, Side.FIXED), (Side.FIXED, Side.BROKEN)):
        swapped, usual = Cell(subject, side, swapped=True), Cell(subject, side)
        assert targets(swapped) == targets(Cell(subject, other))
        assert [job.task for job in swapped.jobs(WORLD)] == [job.task for job in usual.jobs(WORLD)]


def test_there_is_nothing_to_swap_the_newest_release_with() -> None:
    assert targets(Cell(case(), Side.NEWEST, swapped=True)) == targets(Cell(case(), Side.NEWEST))


def test_the_newest_release_has_todays_dependencies() -> None:
    (target,) = targets(Cell(case(boundaries=(boundary(), boundary())), Side.NEWEST))
    assert (target.release, target.profile.name, target.cutoff) == ("0.4.0", TODAY, INDEX.as_of)


def test_what_is_open_is_affected_on_the_newest_release_under_its_profile_alone() -> None:
    subject = case(open=(Open(profile="today-old"),))
    found = [(job.profile, job.task.check, job.task.expected) for job in Cell(subject, Side.NEWEST).jobs(WORLD)]
    assert found == [
        (TODAY, Check.REPRO, UNAFFECTED),
        (TODAY, Check.TYPING, UNAFFECTED),
        ("today-old", Check.REPRO, AFFECTED),
        ("today-old", Check.TYPING, UNAFFECTED),
    ]


@pytest.mark.parametrize(("gone", "wanted"), [("0.4.0", NOT_APPLICABLE), ("0.6.0b1", UNAFFECTED)])
def test_a_feature_that_is_gone_from_the_newest_release_cannot_be_affected_there(gone: str, wanted: Verdict) -> None:
    found = on(Side.NEWEST, case(gone=gone))
    assert found[REPRO] is wanted
    # A control may use what is still there.
    assert found[TYPES] is (None if wanted is NOT_APPLICABLE else UNAFFECTED)


def test_every_case_has_a_cell_for_each_side_in_the_catalogues_order() -> None:
    cells = plan([case("b_lost_7"), case("a_lost_7")], WORLD.profiles)
    assert [cell.name for cell in cells] == [
        *("b_lost_7-broken", "b_lost_7-fixed", "b_lost_7-newest"),
        *("a_lost_7-broken", "a_lost_7-fixed", "a_lost_7-newest"),
    ]


def test_what_has_no_boundary_has_one_cell_and_what_is_retired_none() -> None:
    retired = Retired(on=date(2026, 1, 1), reason="its feature went")
    left_open = case("a_lost_7", boundaries=(), open=(Open(profile=TODAY),))
    cells = plan([left_open, case("b_lost_7", retired=retired)], WORLD.profiles)
    assert [cell.name for cell in cells] == ["a_lost_7-newest"]


def test_the_newest_release_is_not_asked_where_no_interpreter_can_show_the_bug() -> None:
    old = case(boundaries=(boundary(profile="today-old"),), environment=Needs(python="<3.11"))
    assert [cell.side for cell in plan([old], WORLD.profiles)] == [Side.BROKEN, Side.FIXED]
    (python,) = {each.python for each in targets(Cell(old, Side.BROKEN))}
    assert python == "==3.10.*,<3.11"
    still = case(boundaries=(), open=(Open(profile="today-old"),), environment=Needs(python="<3.11"))
    (cell,) = plan([still], WORLD.profiles)
    assert {job.profile for job in cell.jobs(WORLD)} == {"today-old"}


def test_of_somebodys_environment_nothing_is_expected_and_nothing_is_installed_there(tmp_path: Path) -> None:
    subject = with_workaround(tmp_path, marks=[MARK], environment=Needs(requires=("jinja2",), drivers=("httpx",)))
    assert expected(tasks(subject)) == {REPRO: None, TYPES: None}
    # A control says nothing of the bug.
    assert expected(tasks(case())) == {REPRO: None}
    jobs: list[Job] = list(jobs_in("0.2", [subject], WORLD))
    assert {job.profile for job in jobs} == {None}
    assert {job.target.layer for job in jobs} == {Wanted()}
    assert {job.target.cutoff for job in jobs} == {datetime(2019, 2, 2, tzinfo=UTC)}


def test_of_a_release_that_nobody_knows_the_tools_are_of_the_indexs_day() -> None:
    known: Index = INDEX
    assert {job.target.cutoff for job in jobs_in("7.7", [case()], WORLD)} == {known.as_of}
