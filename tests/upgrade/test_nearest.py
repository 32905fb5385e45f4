"""Where to go: what the evidence expects the least of is run first, and only what was run is an answer."""

from dataclasses import replace

import pytest

from harness.catalogue.case import Case, Check, Kind
from harness.evidence.document import Evidence, Measured, ProfileEvidence, Span
from harness.judgement.vocabulary import Reason, Verdict
from harness.runs.row import Row
from harness.upgrade.forecast import Forecast, weighed
from harness.upgrade.nearest import Hunt, Ran, above, between
from harness.upgrade.refusal import Refusal
from tests.support.factories import index, release, row
from tests.support.upgrades import bug, side

CASES = (bug(7), bug(8), bug(9, kind=Kind.SECURITY))


class History:
    """Which of the bugs 7, 8 and 9 each release has, one after the other; None for what cannot be built."""

    def __init__(self, *bugs: set[int] | None, unreachable: bool = False) -> None:
        self.bugs = bugs
        self.unreachable = unreachable
        self.ran: list[str] = []
        self.expected: dict[str, set[int]] = {}

    @property
    def way(self) -> list[str]:
        return [f"0.{place}.0" for place in range(1, len(self.bugs))]

    def run(self, version: str) -> Ran:
        self.ran.append(version)
        has = self.bugs[int(version.split(".")[1])]
        found = replace(side(version), freeze=() if has is None else (f"starlette=={version}",))
        resolved = Refusal("Failed to fetch the index") if self.unreachable else ()
        return Ran(found, tuple(self._row(case, has) for case in CASES), resolved)

    def forecast(self, version: str) -> tuple[int, ...]:
        known = self.expected.get(version, self.bugs[int(version.split(".")[1])]) or set()
        return weighed(case.kind for case in CASES if case.references.issue in known)

    def _row(self, case: Case, has: set[int] | None) -> Row:
        number = case.references.issue
        about = row(case=case.name, issue=number, label=case.label, kind=case.kind, expected=None)
        if has is None:
            return replace(about, verdict=Verdict.UNAVAILABLE, reason=Reason.NOT_INSTALLABLE)
        return replace(about, verdict=Verdict.AFFECTED if number in has else Verdict.UNAFFECTED)

    def best(self, *way: str) -> str:
        hunt = Hunt(self.run, self.forecast, {"0.0.0": self.run("0.0.0")})
        self.ran.clear()
        found = hunt.best(["0.0.0", *(way or self.way)])
        assert found is not None
        return found.side.release


def test_the_release_with_the_best_prospects_is_run_and_no_other() -> None:
    history = History({7}, {7}, {7}, set(), set(), {7})
    assert history.best() == "0.3.0"
    assert history.ran == ["0.3.0"]


def test_of_equal_ones_it_is_the_first_on_the_way() -> None:
    assert History({7, 8}, {7, 8}, {7}, {8}, {7}).best() == "0.2.0"
    assert History({7, 8}, {7, 8}, {7}, {8}, {7}).best("0.4.0", "0.3.0", "0.2.0", "0.1.0") == "0.4.0"


def test_one_hole_is_worse_than_other_bugs() -> None:
    assert History({9}, {9}, {7, 8}).best() == "0.2.0"


def test_nothing_is_run_where_nothing_is_expected_to_be_better_than_the_target() -> None:
    history = History({7}, {7}, {8}, {7, 8})
    assert history.best() == "0.0.0"
    assert history.ran == []


def test_what_does_not_hold_when_it_is_run_is_no_answer() -> None:
    history = History({7}, {7, 8}, {9}, set(), {7})
    history.expected = {"0.1.0": set(), "0.2.0": set()}
    assert history.best() == "0.3.0"
    assert history.ran == ["0.1.0", "0.2.0", "0.3.0"]


def test_no_more_than_a_few_are_run() -> None:
    history = History({7}, *[{7, 8}] * 50)
    history.expected = {version: set() for version in history.way}
    assert history.best() == "0.0.0"
    assert history.ran == history.way[:4]


def test_a_release_that_cannot_be_built_is_passed_over() -> None:
    history = History({7}, None, {8}, set())
    assert history.best() == "0.3.0"
    assert history.ran == ["0.1.0", "0.3.0"]
    assert History(None, None, {7, 8}).best() == "0.2.0"


def test_where_no_index_answers_nothing_more_is_asked() -> None:
    history = History({7}, {7}, set(), set(), unreachable=True)
    history.expected = {version: set() for version in history.way}
    history.best()
    assert history.ran == ["0.1.0"]


def test_what_is_not_on_the_way_is_no_answer() -> None:
    history = History({7}, {8}, set())
    hunt = Hunt(history.run, history.forecast, {"0.0.0": history.run("0.0.0"), "0.2.0": history.run("0.2.0")})
    found = hunt.best(["0.1.0"])
    assert found is not None
    assert found.side.release == "0.1.0"
    assert hunt.best([]) is None


def test_a_release_is_run_once() -> None:
    history = History({7}, set())
    hunt = Hunt(history.run, history.forecast, {"0.0.0": history.run("0.0.0")})
    hunt.best(history.way)
    hunt.best(history.way)
    assert (hunt.at("0.1.0").side.release, history.ran) == ("0.1.0", ["0.0.0", "0.1.0"])


def spans(*each: tuple[str, str, Verdict], anyio: str = "3.7.1") -> ProfileEvidence:
    found = tuple(Span(first, last, verdict, None, "", {"anyio": anyio}) for first, last, verdict in each)
    return ProfileEvidence("3.11", (Measured("0.1.0", "0.5.0", "2026-11-26"),), {Check.REPRO: found})


def forecast(case: Case, profiles: dict[str, ProfileEvidence], **beside: str) -> Forecast:
    known = Evidence(case.name, case.title, "2026-11-26", "1", (Check.REPRO,), profiles)
    return Forecast((case, bug(8)), {case.name: known}, INDEX, beside)


def test_the_evidence_says_which_bugs_to_expect_and_of_what_it_does_not_know_none() -> None:
    ranges = spans(("0.1.0", "0.2.0", Verdict.AFFECTED), ("0.3.0", "0.4.0", Verdict.UNAFFECTED))
    expected = forecast(bug(7), {"today": ranges})
    releases = ("0.1.0", "0.2.0b1", "0.2.0", "0.4.0", "0.5.0", "9.9.9")
    assert [expected.weight(each) for each in releases] == [(0, 1, 0)] * 3 + [(0, 0, 0)] * 3


def test_what_is_expected_not_to_be_told_is_no_better_than_a_bug() -> None:
    expected = forecast(bug(7), {"today": spans(("0.1.0", "0.5.0", Verdict.INCONCLUSIVE))})
    assert expected.weight("0.4.0") == (0, 1, 0)


@pytest.mark.parametrize(("anyio", "there"), [("3.3.4", False), ("4.16.0", True), ("4.0", True)])
def test_the_evidence_that_counts_is_of_what_is_beside_it_here(anyio: str, there: bool) -> None:
    whole = ("0.1.0", "0.5.0")
    profiles = {
        "period": spans((*whole, Verdict.UNAFFECTED), anyio="3.0.0 to 3.7.1"),
        "today": spans((*whole, Verdict.AFFECTED), anyio="4.16.0"),
    }
    assert forecast(bug(7), profiles, anyio=anyio).weight("0.1.0") == (0, int(there), 0)


def test_where_two_profiles_are_alike_the_worse_is_expected() -> None:
    whole = ("0.1.0", "0.5.0")
    profiles = {
        "period": spans((*whole, Verdict.UNAFFECTED), anyio="3.0.0 to 4.16.0"),
        "today": spans((*whole, Verdict.AFFECTED), anyio="4.16.0"),
    }
    assert forecast(bug(7), profiles, anyio="4.0.0").weight("0.1.0") == (0, 1, 0)


def test_a_version_within_a_range_of_several_major_releases_is_in_it() -> None:
    wide = {"wide": spans(("0.1.0", "0.5.0", Verdict.AFFECTED), anyio="1.4 to 4.16.0")}
    assert forecast(bug(7), wide, anyio="3.3.4").weight("0.1.0") == (0, 1, 0)


INDEX = index("0.1.0", "0.2.0b1", "0.2.0", release("0.3.0", yanked=True), "0.4.0", "0.5.0", "0.6.0rc1")


@pytest.mark.parametrize(
    ("version", "found"),
    [("0.2.0", ["0.4.0", "0.5.0"]), ("0.5.0", []), ("0.0.9", ["0.1.0", "0.2.0", "0.4.0", "0.5.0"])],
)
def test_what_is_above_is_final_and_was_not_taken_back(version: str, found: list[str]) -> None:
    assert above(version, INDEX) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [("0.1.0", "0.5.0", ["0.4.0", "0.2.0"]), ("0.5.0", "0.1.0", []), ("0.4.0", "0.5.0", []), ("0.1.0", "0.1.0", [])],
)
def test_what_is_between_the_sides_begins_nearest_to_the_target(before: str, after: str, found: list[str]) -> None:
    assert between(before, after, INDEX) == found
