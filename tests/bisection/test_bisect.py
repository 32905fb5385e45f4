"""Bisection: what is asked of which release, and what the answers come to."""

from collections.abc import Sequence

import pytest

from harness.bisection.asking import Asker
from harness.bisection.bisection import Bisection, path
from harness.judgement.observation import Observation
from harness.releases.profiles import TODAY
from harness.runs.run import Runner
from harness.support.exits import Exit
from harness.sweep.sweep import REPETITIONS, Place, Sweep
from tests.support.bisections import BAD, FINALS, INDEX, WORLD, asker, bisected
from tests.support.factories import boundary, case, completed, exception, profile, raised
from tests.support.machines import Machine, Stub, plug_in


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return plug_in(Machine(BAD), monkeypatch)


def test_a_fix_is_found_and_each_step_is_told(machine: Machine) -> None:
    code, lines = bisected("0.1.0", "0.9.0")
    assert code is Exit.AS_EXPECTED
    symptom = "affected — AssertionError: no session here (starlette/requests.py:31)"
    assert lines == [
        f"0.1.0 period: {symptom} (at most 4 to go)",
        "0.9.0 period: unaffected — ran to its end (at most 3 to go)",
        "0.5.0 period: unaffected — ran to its end (at most 2 to go)",
        "0.3.0 period: unaffected — ran to its end (at most 1 to go)",
        f"0.2.0 period: {symptom} (at most 0 to go)",
        "",
        "period: 0.2.0 is the last affected, 0.3.0 the first that is not",
        "5 releases were tested",
        "This agrees with case.toml, which states 0.2.0 and 0.3.0",
    ]


def test_an_introduction_is_found_where_the_good_release_is_the_older(machine: Machine) -> None:
    machine.affected = {"0.8.0", "0.9.0"}
    code, lines = bisected("0.9.0", "0.1.0")
    assert code is Exit.AS_EXPECTED
    assert "period: 0.7.0 is the last that is not affected, 0.8.0 the first affected" in lines
    assert not any("case.toml" in line for line in lines)


def test_pre_releases_and_yanked_ones_are_passed_over_unless_they_are_an_end() -> None:
    assert path(INDEX, "0.1.0", "0.9.0") == tuple(FINALS)
    assert path(INDEX, "0.5.1", "0.2.0b1") == ("0.5.1", "0.5.0", "0.4.0", "0.3.0", "0.2.0", "0.2.0b1")


def test_the_environments_are_those_of_a_sweep(machine: Machine) -> None:
    swept, mine = Stub(), Stub()
    Sweep([case()], WORLD, Runner(swept)).run([Place(version, TODAY) for version in FINALS])
    asked = Asker(case(), profile(TODAY), WORLD, Runner(mine), lambda _: None)
    Bisection(asked, path(INDEX, "0.1.0", "0.9.0")).run()
    assert set(mine.asked) < set(swept.asked)


def test_only_the_programs_that_tell_are_run(machine: Machine) -> None:
    asked = asker([])
    Bisection(asked, path(INDEX, "0.1.0", "0.9.0")).run()
    rows = [row for some in asked.rows.values() for row in some]
    assert {row.check for row in rows} == {"repro"}
    assert {row.discriminates for row in rows} == {True}


def test_only_the_two_neighbours_of_the_change_are_repeated(machine: Machine) -> None:
    bisected("0.1.0", "0.9.0")
    neighbours = ("0.2.0", "0.3.0")
    assert machine.ran == {"0.1.0": 1, "0.5.0": 1, "0.9.0": 1} | dict.fromkeys(neighbours, 1 + REPETITIONS)


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ([raised(), completed(), raised()], "flaky — disagreeing: affected in 2 of 3, unaffected in 1 of 3"),
        ([completed()] * REPETITIONS, "unaffected — ran to its end"),
    ],
)
def test_a_neighbour_that_changes_its_mind_is_told_and_nothing_is_certain(
    machine: Machine, again: Sequence[Observation], said: str
) -> None:
    machine.endings["0.2.0"] = [raised(), *again]
    code, lines = bisected("0.1.0", "0.9.0")
    assert code is Exit.NOT_OBSERVED
    assert f"0.2.0 period: {said}: the answer hangs on this release, and it is not always the same" in lines


def test_where_skips_hide_the_release_the_answer_is_a_range_with_the_reasons(machine: Machine) -> None:
    machine.endings["0.3.0"] = [raised(exception(type="KeyError"))]
    code, lines = bisected("0.1.0", "0.9.0", missing=["0.2.0"])
    assert code is Exit.NOT_OBSERVED
    assert lines[-5:] == [
        "period: It went after 0.2.0b1 and by 0.4.0; what lies between cannot be told",
        "  0.2.0 period: unavailable — not_installable: nothing fits",
        "  0.3.0 period: inconclusive — other_exception: KeyError: no session here (starlette/requests.py:31)",
        "7 releases were tested",
        "This leaves room for case.toml, which states 0.2.0 and 0.3.0",
    ]


def test_a_skipped_release_elsewhere_hides_nothing(machine: Machine) -> None:
    code, lines = bisected("0.1.0", "0.9.0", missing=["0.5.0", "0.6.0"])
    assert code is Exit.AS_EXPECTED
    assert "period: 0.2.0 is the last affected, 0.3.0 the first that is not" in lines


def test_a_boundary_that_was_measured_otherwise_is_contradicted(machine: Machine) -> None:
    code, lines = bisected("0.1.0", "0.9.0", case(boundaries=(boundary(broken="0.6.0", fixed="0.7.0"),)))
    assert code is Exit.DIFFERS
    assert lines[-1] == "This contradicts case.toml, which states 0.6.0 and 0.7.0"


@pytest.mark.parametrize("other", [boundary(profile=TODAY), boundary(broken="0.7.0", fixed="0.8.0")])
def test_a_boundary_of_another_profile_or_outside_of_what_was_searched_is_not_compared(
    machine: Machine, other: object
) -> None:
    code, lines = bisected("0.1.0", "0.5.0", case(boundaries=(other,)))
    assert code is Exit.AS_EXPECTED
    assert not any("case.toml" in line for line in lines)


@pytest.mark.parametrize(
    ("bad", "good", "code", "said"),
    [
        ("0.4.0", "0.9.0", Exit.DIFFERS, ["0.4.0 was taken for bad, and it is good"]),
        ("0.1.0", "0.2.0", Exit.DIFFERS, ["0.2.0 was taken for good, and it is bad"]),
        ("0.7.0", "0.9.0", Exit.NOT_OBSERVED, ["0.7.0 was taken for bad, which cannot be told; name another end"]),
        ("0.1.0", "0.7.0", Exit.NOT_OBSERVED, ["0.7.0 was taken for good, which cannot be told; name another end"]),
        (
            "0.4.0",
            "0.7.0",
            Exit.DIFFERS,
            [
                "0.4.0 was taken for bad, and it is good",
                "0.7.0 was taken for good, which cannot be told; name another end",
            ],
        ),
        (
            "0.7.0",
            "0.2.0",
            Exit.DIFFERS,
            [
                "0.7.0 was taken for bad, which cannot be told; name another end",
                "0.2.0 was taken for good, and it is bad",
            ],
        ),
    ],
)
def test_ends_that_are_not_what_was_said_end_the_search_before_it_begins(
    machine: Machine, bad: str, good: str, code: Exit, said: Sequence[str]
) -> None:
    found, lines = bisected(bad, good, missing=["0.7.0"])
    assert (found, lines[2:]) == (code, said)
    assert [line.partition(" ")[0] for line in lines[:2]] == [bad, good]
