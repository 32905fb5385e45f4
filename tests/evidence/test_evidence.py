"""Evidence: intervals out of verdicts, one line for each release, and the same bytes each time."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from harness.catalogue.case import Case, Check
from harness.catalogue.loading import load_catalogue
from harness.catalogue.marks import Mark
from harness.evidence.document import Document, Interval, differing, document, dump, intervals, load
from harness.evidence.osv import to_osv
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import Profile
from harness.runs.record import Row
from harness.support.errors import UserError
from harness.support.paths import EVIDENCE
from tests.support.factories import case, index, row

CASE = case()
INDEX = index("0.1.0", "0.2.0", "0.3.0", "0.4.0")
LETTERS = {
    "a": Verdict.AFFECTED,
    "u": Verdict.UNAFFECTED,
    "n": Verdict.NOT_APPLICABLE,
    "i": Verdict.INCONCLUSIVE,
    "x": Verdict.UNAVAILABLE,
    "f": Verdict.FLAKY,
}


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ("", []),
        ("uun", []),
        ("uaau", [(1, 2, 3)]),
        ("aa", [(0, 1, None)]),
        ("auau", [(0, 0, 1), (2, 2, 3)]),
        ("an", [(0, 0, 1)]),
        ("aiau", [(0, 2, 3)]),
        ("aixfu", [(0, 0, 4)]),
        ("iai", [(1, 1, None)]),
        ("ixf", []),
    ],
)
def test_affected_releases_are_joined_until_one_is_known_not_to_be(
    verdicts: str, expected: list[tuple[int, int, int | None]]
) -> None:
    found = intervals((str(place), LETTERS[letter]) for place, letter in enumerate(verdicts))
    assert list(found) == [
        Interval(str(first), str(last), None if fixed is None else str(fixed)) for first, last, fixed in expected
    ]


def measured(**verdicts: Verdict) -> list[Row]:
    """Rows of both programs under both profiles; `v2=AFFECTED` is what the repro shows on 0.2.0."""
    rows = []
    for profile in Profile:
        for name, verdict in verdicts.items():
            told = verdict in (Verdict.AFFECTED, Verdict.UNAFFECTED)
            one = row(
                release=f"0.{name[1:]}.0",
                profile=profile,
                side=None,
                expected=None,
                verdict=verdict,
                reason=None if told else Reason.OTHER_EXCEPTION,
            )
            control = replace(one, check=Check.TYPING, engine=Engine.STATIC, verdict=Verdict.UNAFFECTED, reason=None)
            rows += [one, replace(control, evidence="no errors", tells=False)]
    return rows


HISTORY = measured(v1=Verdict.UNAFFECTED, v2=Verdict.AFFECTED, v3=Verdict.UNAFFECTED)


def evidence(rows: list[Row], before: Document | None = None) -> Document:
    return document(CASE, rows, INDEX, before)


def test_a_document_holds_the_intervals_and_the_verdict_of_every_release() -> None:
    period = evidence(HISTORY)["profiles"]["period"]
    assert period["repro"]["intervals"] == [{"introduced": "0.2.0", "last_affected": "0.2.0", "fixed": "0.3.0"}]
    assert [(each["release"], each["repro"]) for each in period["releases"]] == [
        ("0.1.0", "unaffected"),
        ("0.2.0", "affected"),
        ("0.3.0", "unaffected"),
    ]
    assert period["releases"][0]["with"] == {"anyio": "3.3.4"}


def test_the_order_of_the_rows_changes_no_byte() -> None:
    assert dump(evidence(HISTORY[::-1])) == dump(evidence(HISTORY))


def test_paths_and_addresses_in_memory_stay_out() -> None:
    said = "TypeError: <function f at 0x7f12ab> (/home/ada/venv/lib/site-packages/starlette/routing.py)"
    (first, *rest) = measured(v1=Verdict.INCONCLUSIVE)
    text = dump(evidence([replace(first, evidence=said), *rest]))
    assert "0x7f12ab" not in text
    assert "/home" not in text
    assert "routing.py" in text


def test_a_new_release_is_added_to_what_was_measured_before() -> None:
    before = json.loads(dump(evidence(HISTORY)))
    added = evidence(measured(v4=Verdict.AFFECTED), before)
    assert dump(added) == dump(evidence([*HISTORY, *measured(v4=Verdict.AFFECTED)]))


def test_a_difference_is_a_line_that_names_its_release(tmp_path: Path) -> None:
    committed = tmp_path / "case.json"
    committed.write_text(dump(evidence(HISTORY)), encoding="utf-8")
    assert differing(committed, dump(evidence(HISTORY))) == ()
    other = [*HISTORY[:-2], *measured(v3=Verdict.AFFECTED)[-2:]]
    lines = differing(committed, dump(evidence(other)))
    assert any(line.startswith("-") and '"release": "0.3.0"' in line and "unaffected" in line for line in lines)
    assert any(line.startswith("+") and '"release": "0.3.0"' in line and '"affected"' in line for line in lines)


def test_what_is_dumped_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    assert load(path) is None
    path.write_text(dump(evidence(HISTORY)), encoding="utf-8")
    assert load(path) == json.loads(json.dumps(evidence(HISTORY)))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"profiles": {"period": {"releases": [{"release": "soon"}]}}}'])
def test_what_is_no_evidence_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"case\.json: this is no evidence: .*nox -s sweep"):
        load(path)


def test_an_entry_for_osv_spells_out_ranges_and_versions() -> None:
    twice = measured(v1=Verdict.AFFECTED, v2=Verdict.UNAFFECTED, v3=Verdict.AFFECTED)
    period, today = to_osv(CASE, evidence(twice))["affected"]
    assert period["versions"] == ["0.1.0", "0.3.0"]
    assert period["ranges"][0]["events"] == [{"introduced": "0.1.0"}, {"fixed": "0.2.0"}, {"introduced": "0.3.0"}]
    assert period["database_specific"] == {"profile": "period", "check": "repro"}
    assert today["database_specific"] == {"profile": "today", "check": "repro"}


def test_an_entry_for_osv_has_ranges_of_each_program_that_tells() -> None:
    entry = to_osv(case(marks=[Mark(3, "misc")]), evidence(HISTORY))
    said = [each["database_specific"]["check"] for each in entry["affected"]]
    assert said == ["repro", "typing", "repro", "typing"]
    assert [len(each["versions"]) for each in entry["affected"]] == [1, 0, 1, 0]


def test_a_release_that_was_measured_with_an_older_index_says_so() -> None:
    """What `today` resolves to depends on the day; what was carried over keeps its own."""
    before = json.loads(dump(evidence(HISTORY)))
    later = replace(INDEX, as_of=INDEX.as_of + timedelta(days=30))
    added = document(CASE, measured(v4=Verdict.AFFECTED), later, before)
    assert [each.get("as_of") for each in added["profiles"]["today"]["releases"]] == ["2026-12-31"] * 3 + [None]
    assert not [each for each in added["profiles"]["period"]["releases"] if "as_of" in each]
    again = document(CASE, measured(v3=Verdict.UNAFFECTED), later, json.loads(dump(added)))
    assert [each.get("as_of") for each in again["profiles"]["today"]["releases"]] == ["2026-12-31"] * 2 + [None] * 2


@pytest.mark.parametrize("subject", load_catalogue(), ids=lambda subject: subject.name)
def test_every_boundary_agrees_with_the_committed_evidence(subject: Case) -> None:
    committed = load(EVIDENCE / f"{subject.name}.json")
    assert committed is not None
    (check,) = [check for check in (Check.REPRO, Check.TYPING) if subject.tells(check)]
    for boundary in subject.facts.boundaries:
        found = {each["release"]: each[check] for each in committed["profiles"][boundary.profile]["releases"]}
        assert (found[boundary.broken], found[boundary.fixed]) == ("affected", "unaffected")


@pytest.mark.parametrize("subject", load_catalogue(), ids=lambda subject: subject.name)
def test_the_committed_entry_for_osv_is_what_its_evidence_says(subject: Case) -> None:
    committed = load(EVIDENCE / f"{subject.name}.json")
    assert committed is not None
    path = EVIDENCE / "osv" / f"{subject.facts.issue}.json"
    assert json.loads(path.read_text(encoding="utf-8")) == to_osv(subject, committed)
