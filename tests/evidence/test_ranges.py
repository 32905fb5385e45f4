"""The measured ranges in a README: what is written there is what the evidence says, and nothing else changes."""

from typing import Any

import pytest

from harness.catalogue.case import Case, Check
from harness.catalogue.loading import load_catalogue
from harness.evidence.document import Document, intervals, load
from harness.evidence.pages import BEGIN, END, readme_with_ranges, with_ranges
from harness.support.errors import UserError
from harness.support.paths import EVIDENCE

SAID = {
    "a": ("affected", "AssertionError (starlette/requests.py:31)"),
    "u": ("unaffected", "ran to its end"),
    "n": ("not_applicable", "no_types: Starlette {} ships no py.typed"),
    "i": ("inconclusive", "other_exception: TypeError: `int | None` (starlette/routing.py:{})"),
    "o": ("inconclusive", "timed_out: still running after 60 s"),
    "x": ("unavailable", "not_installable"),
    "f": ("flaky", "disagreeing: affected in 2 of 3, unaffected in 1 of 3"),
}


def measured(repro: str, typing: str = "") -> dict[str, Any]:
    """What one profile measured: a letter for each release; a program without letters does not tell."""
    letters = {Check.REPRO: repro, Check.TYPING: typing or "u" * len(repro)}
    releases = [
        {
            "release": f"0.{n}.0",
            **{check: SAID[each[n]][0] for check, each in letters.items()},
            "evidence": {check: SAID[each[n]][1].replace("{}", str(n)) for check, each in letters.items()},
        }
        for n in range(len(repro))
    ]
    checks: dict[str, Any] = {
        check: {
            "tells": check is Check.REPRO or bool(typing),
            "intervals": [
                {"introduced": each.introduced, "last_affected": each.last_affected, "fixed": each.fixed}
                for each in intervals((release["release"], release[check]) for release in releases)
            ],
        }
        for check in letters
    }
    return {**checks, "releases": releases}


def evidence(**profiles: Document) -> Document:
    tools = {"python": "3.11", "mypy": "2.4.1"}
    return {"case": "session_lost_7", "as_of": "2026-12-31", "tools": tools, "profiles": profiles}


def table(document: Document) -> list[str]:
    text = with_ranges(f"{BEGIN}\n{END}", document)
    return [line.strip("| ").replace(" | ", "|") for line in text.splitlines() if line.startswith("|")][2:]


def test_what_both_profiles_measured_alike_is_one_line_and_what_matters_most_comes_first() -> None:
    assert table(evidence(period=measured("nnuaiau"), today=measured("nnuaiaua"))) == [
        "repro|`period`, `today`|0.3.0 to 0.5.0|`affected`, fixed in 0.6.0",
        "repro|`today`|0.7.0|`affected`, not fixed",
        r"repro|`period`, `today`|0.4.0|`inconclusive`: `other_exception: TypeError: 'int \| None'`",
        "repro|`period`, `today`|0.0.0 to 0.1.0|`not_applicable`: `no_types`",
        "repro|`period`, `today`|0.2.0, 0.6.0|`unaffected`",
    ]


def test_whatever_could_not_be_told_is_there_with_its_reason() -> None:
    assert table(evidence(period=measured("iouiixf"))) == [
        "repro|`period`|0.6.0|`flaky`: `disagreeing: affected in 2 of 3, unaffected in 1 of 3`",
        r"repro|`period`|0.0.0, 0.3.0 to 0.4.0|`inconclusive`: `other_exception: TypeError: 'int \| None'`",
        "repro|`period`|0.1.0|`inconclusive`: `timed_out: still running after 60 s`",
        "repro|`period`|0.5.0|`unavailable`: `not_installable`",
        "repro|`period`|0.2.0|`unaffected`",
    ]


def test_each_program_that_tells_has_its_own_lines_and_a_control_has_none() -> None:
    assert table(evidence(period=measured("au", "ua")))[:2] == [
        "repro|`period`|0.0.0|`affected`, fixed in 0.1.0",
        "typing|`period`|0.1.0|`affected`, not fixed",
    ]
    assert not [line for line in table(evidence(period=measured("au"))) if line.startswith("typing")]


def test_it_is_said_how_many_releases_ran_when_and_with_what() -> None:
    text = with_ranges(f"{BEGIN}\n{END}", evidence(period=measured("au"), today=measured("auu")))
    assert (
        "as of 2026-12-31 with Python 3.11, mypy 2.4.1: 2 releases under `period` and 3 releases under `today`" in text
    )


def test_only_what_lies_between_the_marks_changes_and_only_once() -> None:
    above, below = "# A bug\n\nIt came back.\n\n", "\n\n## Run it again\n\n    nox\n"
    written = with_ranges(f"{above}{BEGIN}\nout of date\n{END}{below}", evidence(period=measured("au")))
    assert written.startswith(f"{above}{BEGIN}\n\nMeasured ")
    assert written.endswith(f"|\n\n{END}{below}")
    assert "out of date" not in written
    assert with_ranges(written, evidence(period=measured("au"))) == written


@pytest.mark.parametrize(
    ("readme", "said"),
    [
        ("# A bug\n", f"the line {BEGIN} is there 0 times; write it once"),
        (f"{BEGIN}\n", f"the line {END} is there 0 times; write it once"),
        (f"as in {BEGIN}\n{END}\n", f"the line {BEGIN} is there 0 times; write it once"),
        (f"{BEGIN}\n{END}\n{BEGIN}\n", f"the line {BEGIN} is there 2 times; write it once"),
        (f"{BEGIN}\n{END}\n{END}\n", f"the line {END} is there 2 times; write it once"),
        (f"{END}\n{BEGIN}\n", f"the line {END} is above {BEGIN}; swap them"),
    ],
)
def test_a_readme_that_does_not_mark_the_place_exactly_once_is_refused(readme: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        with_ranges(readme, evidence(period=measured("au")))
    assert str(caught.value).startswith(f"cases/session_lost_7/README.md: {said}")


@pytest.mark.parametrize("subject", load_catalogue(), ids=lambda subject: subject.name)
def test_every_committed_readme_says_what_its_evidence_says(subject: Case) -> None:
    committed = load(EVIDENCE / f"{subject.name}.json")
    assert committed is not None
    readme = (subject.directory / "README.md").read_text(encoding="utf-8")
    assert readme == readme_with_ranges(subject, committed)
