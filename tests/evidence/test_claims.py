"""Claims: each half of what a source says, beside what was measured; one judge for run, pages and tables."""

import pytest

from harness.evidence.claims import Assessment, assess, contradicted, wrong_under_every_profile
from harness.evidence.document import document
from harness.releases.profiles import PERIOD, TODAY
from tests.evidence.test_evidence import INDEX, PROFILES, measured
from tests.support.factories import boundary, case, claim

RIGHT, EARLY, LATE, UNTOLD = Assessment.RIGHT, Assessment.TOO_EARLY, Assessment.TOO_LATE, Assessment.UNTOLD


@pytest.mark.parametrize(
    ("half", "claimed", "verdicts", "wanted", "measured_release"),
    [
        ("fixed", "0.4.0", "uaau", RIGHT, "0.4.0"),
        ("fixed", "0.3.0", "uaau", EARLY, "0.4.0"),
        ("fixed", "0.9.0", "uaau", LATE, "0.4.0"),
        ("fixed", "0.4.0", "uaaa", EARLY, ""),
        ("fixed", "0.2.0", "auau", RIGHT, "0.2.0"),
        ("introduced", "0.2.0", "uaau", RIGHT, "0.2.0"),
        ("introduced", "0.1.0", "uaau", EARLY, "0.2.0"),
        ("introduced", "0.3.0", "uaau", LATE, "0.2.0"),
        # Releases that could not be told contradict nobody.
        ("introduced", "0.1.0", "iaau", UNTOLD, "0.2.0"),
        ("fixed", "0.3.0", "uaiu", UNTOLD, "0.4.0"),
    ],
)
def test_each_half_of_a_claim_is_held_against_every_profile(
    half: str, claimed: str, verdicts: str, wanted: Assessment, measured_release: str
) -> None:
    subject = case(claims=(claim(**{half: claimed}),))
    found = list(assess(subject, document(subject, measured(verdicts), INDEX, PROFILES, None)))
    assert [(each.half, each.profile, each.assessment, each.measured) for each in found] == [
        (half, name, wanted, measured_release) for name in (PERIOD, TODAY)
    ]
    assert {each.claimed for each in found} == {claimed}


def test_where_a_bug_was_never_seen_nothing_can_be_said_of_a_claim() -> None:
    subject = case(claims=(claim("0.4.0"),))
    assert list(assess(subject, document(subject, measured("uunu"), INDEX, PROFILES, None))) == []


def test_a_claim_that_one_profile_bears_out_is_no_correction() -> None:
    subject = case(claims=(claim("0.4.0"), claim("0.3.0")))
    period = [each for each in measured("uaau") if each.profile == PERIOD]
    today = [each for each in measured("uaaa") if each.profile == TODAY]
    wrong = wrong_under_every_profile(subject, document(subject, [*period, *today], INDEX, PROFILES, None))
    assert [(each.claimed, each.profile, each.measured) for each in wrong] == [("0.3.0", PERIOD, "0.4.0")]


@pytest.mark.parametrize(
    ("claimed", "said"), [("0.3.0", None), ("0.3.0rc1", None), ("0.2.0", "0.3.0"), ("0.4.0", "0.3.0")]
)
def test_a_claim_is_contradicted_by_boundaries_that_it_does_not_lie_at(claimed: str, said: str | None) -> None:
    assert contradicted(claimed, [boundary()]) == said
