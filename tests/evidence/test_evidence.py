"""Evidence: spans out of rows, carried over where nothing new was measured, and the same bytes each time."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from harness.catalogue.case import Case, Check
from harness.evidence.document import Evidence, Span, differing, document, dump, load, lost, said
from harness.evidence.spans import Interval, intervals
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import Index
from harness.releases.profiles import PERIOD, TODAY
from harness.runs.row import Row
from harness.support.errors import UserError
from tests.support.factories import boundary, case, index, profile, row

CASE = case()
INDEX = index("0.1.0", "0.2.0", "0.3.0", "0.4.0")
PROFILES = {each.name: each for each in (profile(PERIOD), profile(TODAY), profile("today-old", python="==3.10.*"))}
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
    found = intervals((str(place), str(place), LETTERS[letter]) for place, letter in enumerate(verdicts))
    assert list(found) == [
        Interval(str(first), str(last), None if fixed is None else str(fixed)) for first, last, fixed in expected
    ]


def measured(verdicts: str, first: int = 1, **changes: object) -> list[Row]:
    """Rows of both programs under both profiles: a letter for what the repro shows on 0.1.0, 0.2.0 and so on."""
    rows = []
    for name in (PERIOD, TODAY):
        for number, letter in enumerate(verdicts, first):
            verdict = LETTERS[letter]
            told = verdict in (Verdict.AFFECTED, Verdict.UNAFFECTED)
            one = row(
                release=f"0.{number}.0",
                profile=name,
                side=None,
                expected=None,
                verdict=verdict,
                reason=None if told else Reason.OTHER_EXCEPTION,
                evidence=f"seen as {letter}",
                **changes,
            )
            control = replace(one, check=Check.TYPING, engine=Engine.STATIC, verdict=Verdict.UNAFFECTED, reason=None)
            rows += [one, replace(control, evidence="no errors", discriminates=False)]
    return rows


HISTORY = measured("uaau")


def evidence(rows: list[Row], before: Evidence | None = None, known: Index = INDEX, subject: Case = CASE) -> Evidence:
    return document(subject, rows, known, PROFILES, before)


def spans(found: Evidence, name: str = PERIOD, check: Check = Check.REPRO) -> list[tuple[str, str, Verdict]]:
    return [(each.first, each.last, each.verdict) for each in found.profiles[name].programs[check]]


def test_neighbours_that_showed_the_same_are_one_span() -> None:
    found = evidence(HISTORY)
    assert spans(found) == [
        ("0.1.0", "0.1.0", Verdict.UNAFFECTED),
        ("0.2.0", "0.3.0", Verdict.AFFECTED),
        ("0.4.0", "0.4.0", Verdict.UNAFFECTED),
    ]
    assert list(found.profiles[PERIOD].programs) == [Check.REPRO]
    assert found.profiles[PERIOD].intervals(Check.REPRO) == (Interval("0.2.0", "0.3.0", "0.4.0"),)
    assert found.discriminates == (Check.REPRO,)


def test_a_release_of_which_nothing_is_known_parts_two_spans() -> None:
    rows = [each for each in measured("aaaa") if each.release != "0.3.0"]
    assert spans(evidence(rows)) == [("0.1.0", "0.2.0", Verdict.AFFECTED), ("0.4.0", "0.4.0", Verdict.AFFECTED)]


def test_a_span_says_which_versions_mattered_from_the_oldest_to_the_newest() -> None:
    rows = [
        replace(each, freeze=(f"anyio==3.{n}.4", "itsdangerous==2.2.0", "httpx==1"))
        for n, each in zip((9, 10, 4, 4), (r for r in measured("aaaa") if r.check is Check.REPRO), strict=False)
    ]
    (span,) = evidence(rows).profiles[PERIOD].programs[Check.REPRO]
    assert span.resolved == {"anyio": "3.4.4 to 3.10.4", "itsdangerous": "2.2.0"}


def test_the_order_of_the_rows_changes_no_byte() -> None:
    assert dump(evidence(HISTORY[::-1])) == dump(evidence(HISTORY))


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(dump(evidence(HISTORY)), encoding="utf-8")
    assert load(tmp_path / "x.json", INDEX) == evidence(HISTORY)


def test_each_span_has_a_line_of_its_own() -> None:
    lines = [line for line in dump(evidence(HISTORY)).splitlines() if '"first": "0.2.0"' in line]
    assert len(lines) == len(PROFILES) - 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "ValueError: <A object at 0x7f> (starlette/requests.py:31)",
            "ValueError: <A object at 0x…> (starlette/requests.py)",
        ),
        ("OSError: '/tmp/x1/static' is gone (repro.py:3)", "OSError: '…/static' is gone (repro.py)"),
        ("AssertionError: / is served (repro.py:3)", "AssertionError: / is served (repro.py)"),
    ],
)
def test_what_differs_from_machine_to_machine_stays_out(text: str, wanted: str) -> None:
    assert said(row(evidence=text)) == wanted


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict.UNAVAILABLE, Reason.NOT_INSTALLABLE),
        (Verdict.NOT_APPLICABLE, Reason.NO_TYPES),
        (Verdict.UNAFFECTED, None),
    ],
)
def test_where_the_reason_says_all_nothing_is_added(verdict: Verdict, reason: Reason | None) -> None:
    assert said(row(verdict=verdict, reason=reason, evidence="Starlette 0.2.0 ships no py.typed")) == ""


def test_what_was_not_measured_again_is_carried_over_with_the_day_on_which_it_was() -> None:
    before = evidence(measured("uaa"), known=index("0.1.0", "0.2.0", "0.3.0"))
    later = Index(INDEX.as_of + timedelta(days=3), INDEX.releases)
    after = evidence(measured("u", first=4), before, later)
    assert spans(after) == spans(evidence(HISTORY))
    assert [(each.first, each.last, each.as_of) for each in after.profiles[TODAY].measured] == [
        ("0.1.0", "0.3.0", "2026-12-31"),
        ("0.4.0", "0.4.0", "2027-01-03"),
    ]
    # When a release's own day was looked up does not matter.
    assert [each.as_of for each in after.profiles[PERIOD].measured] == ["its own day"]


def test_a_new_release_changes_few_lines() -> None:
    before = evidence(measured("uau"), known=index("0.1.0", "0.2.0", "0.3.0"))
    after = evidence(measured("u", first=4), before)
    changed = set(dump(after).splitlines()) ^ set(dump(before).splitlines())
    # The last span of each program and the day, under each profile.
    assert len(changed) <= 2 * 2 * 3


def test_another_profile_is_kept_while_one_is_swept() -> None:
    subject = case(boundaries=(boundary(profile="today-old"),))
    rows = [replace(each, profile="today-old", python="3.10.13") for each in HISTORY if each.profile == TODAY]
    before = evidence([*HISTORY, *rows], subject=subject)
    after = evidence([each for each in HISTORY if each.profile == PERIOD], before, subject=subject)
    assert after == before
    assert (after.profiles["today-old"].python, after.profiles[PERIOD].python) == ("3.10", "3.11")


def test_one_profile_is_swept_on_one_python() -> None:
    with pytest.raises(ValueError, match="swept on several Pythons"):
        evidence([row(), row(release="0.3.0", python="3.12.1")])


def test_what_could_be_observed_before_and_cannot_be_built_now_is_lost() -> None:
    now = [replace(each, verdict=Verdict.UNAVAILABLE, reason=Reason.NOT_INSTALLABLE) for each in measured("a", first=2)]
    assert [line.split(":")[0] for line in lost(now, evidence(HISTORY), INDEX)] == ["0.2.0 period", "0.2.0 today"]
    assert list(lost(now, None, INDEX)) == []
    assert list(lost(now, evidence(now), INDEX)) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"case": "x"}', "\udcff"])
def test_a_file_that_is_no_evidence_is_one_message(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(UserError, match=r"x\.json: \w.*; restore it from git, or remove it and write it again"):
        load(path, INDEX)


def test_a_damaged_span_is_named_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(dump(evidence(HISTORY)).replace('"verdict": "affected"', '"verdict": "fine"'), encoding="utf-8")
    with pytest.raises(UserError, match=r"x\.json: profiles\.period\.programs\.repro\.1\.verdict: "):
        load(path, INDEX)


@pytest.mark.parametrize("key", ["measured", "repro"])
def test_evidence_of_a_release_that_is_not_on_the_index_is_named(tmp_path: Path, key: str) -> None:
    path = tmp_path / "x.json"
    before, mark, after = dump(evidence(HISTORY)).partition(f'"{key}": [')
    path.write_text(before + mark + after.replace('"last": "', '"last": "9.', 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"x\.json: evidence/releases\.json has no 9\.\d\S+; restore it from git, or"):
        load(path, INDEX)


def test_there_may_be_no_evidence_yet(tmp_path: Path) -> None:
    assert load(tmp_path / "x.json", INDEX) is None


def test_a_difference_names_the_file_and_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("a\nb\n", encoding="utf-8")
    assert differing(path, "a\nb\n") == ()
    assert "-b" in differing(path, "a\nc\n")
    assert differing(path, "a\r\nb\r\n") == ("x.json: the ends of its lines differ",)


def test_a_span_is_spelled_as_a_range() -> None:
    span = Span("0.1.0", "0.1.0", Verdict.AFFECTED, None, "", {})
    assert span.spelled == "0.1.0"
    assert replace(span, last="0.2.0").spelled == "0.1.0 to 0.2.0"
