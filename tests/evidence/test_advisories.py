"""Published ranges: what an advisory names though it is free of the bug, and what it spares though it is not."""

import pytest

from harness.catalogue.case import Claim
from harness.evidence.advisories import Score, in_short, scores, summary
from harness.evidence.tables import corrections
from tests.support.checks import CVE, measured
from tests.support.factories import case, index

INDEX = index("0.1.0", "0.2.0", "0.3.0", "0.4.0")


def scored(source: str, introduced: str | None = None, fixed: str | None = None) -> list[Score]:
    """Scores of a claim about a bug that 0.2.0 and 0.3.0 have."""
    subject = case(aliases=CVE, claims=(Claim(source=source, introduced=introduced, fixed=fixed),))
    return list(scores({subject: measured(("0.2.0", "0.3.0"))}, INDEX))


@pytest.mark.parametrize(
    ("introduced", "fixed", "named", "spared"),
    [
        ("0.2.0", "0.4.0", (), ()),
        (None, "0.4.0", ("0.1.0",), ()),
        ("0.1.0", "0.3.0", ("0.1.0",), ("0.3.0",)),
        ("0.3.0", None, ("0.4.0",), ("0.2.0",)),
    ],
)
def test_an_advisorys_range_is_held_against_every_final_release(
    introduced: str | None, fixed: str | None, named: tuple[str, ...], spared: tuple[str, ...]
) -> None:
    (score,) = scored("advisory GHSA-2222-3333-4444", introduced, fixed)
    assert (score.wrongly_named, score.wrongly_spared) == (named, spared)


def test_only_what_is_an_advisorys_is_a_range() -> None:
    assert scored("release notes of 0.4.0", None, "0.4.0") == []
    assert len(scored("a database of vulnerabilities", "0.1.0", "0.4.0")) == 1
    assert len(scored("WS-2020-0300", None, "0.4.0")) == 1


def test_what_comes_of_it_is_one_sentence_and_a_table() -> None:
    found = [*scored("PYSEC-2026-1", "0.2.0", "0.4.0"), *scored("PYSEC-2026-2", "0.3.0")]
    assert summary(found) == (
        "Of 2 published ranges, 1 agree with what was measured; releases that are free of the bug are named by 1, and "
        "releases that have it are spared by 1."
    )
    subject = case(aliases=CVE, claims=(Claim(source="PYSEC-2026-2", introduced="0.3.0"),))
    text = corrections({subject: measured(("0.2.0", "0.3.0"))}, INDEX)
    assert "| PYSEC-2026-2 | 0.3.0 to before the next | 0.2.0 to 0.3.0 | 0.4.0 | 0.2.0 |" in text


def test_many_releases_are_their_number_and_the_ends() -> None:
    assert in_short([]) == "none"
    assert in_short(["0.1", "0.2", "0.3"]) == "0.1, 0.2, 0.3"
    assert in_short(["0.1", "0.2", "0.3", "0.4"]) == "4: 0.1 … 0.4"
