"""What is said in OpenVEX: of each published vulnerability, what running it showed, whatever the number says."""

import json
from dataclasses import replace
from typing import Any

import pytest

from harness.check.findings import Checked
from harness.judgement.vocabulary import Reason, Verdict
from tests.support.checks import CVE, checked, finding, hole, measured, statements, written
from tests.support.factories import environment
from tests.support.openvex import refuse_invalid

A, U, X, N = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE
ABSENT = "vulnerable_code_not_present"


def of(verdict: Verdict, release: str = "0.2.0", **changes: Any) -> Checked:
    """A hole that the index's releases 0.2.0 and 0.3.0 have, in an environment with *release*."""
    found = checked(finding(verdict, hole(), **changes), measured={"session_lost_9": measured(("0.2.0", "0.3.0"))})
    return replace(found, environment=environment(release=release))


@pytest.mark.parametrize(
    ("verdict", "release", "changes", "status"),
    [
        # A patched build under an old number, which every scanner would report.
        (U, "0.2.0", {}, {"status": "fixed"}),
        (U, "0.2.0+acme.1", {}, {"status": "fixed"}),
        (U, "0.4.0", {}, {"status": "fixed"}),
        (U, "0.1.0", {}, {"status": "not_affected", "justification": ABSENT}),
        (X, "0.2.0", {}, {"status": "under_investigation"}),
        (N, "0.2.0", {"reason": Reason.NO_SUCH_FEATURE}, {"status": "not_affected", "justification": ABSENT}),
        (
            *(N, "0.2.0", {"reason": Reason.MISSING_PACKAGE}),
            {"status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"},
        ),
        # It says nothing of the code that is there.
        (N, "0.2.0", {"reason": Reason.WRONG_PYTHON}, {"status": "under_investigation"}),
    ],
)
def test_a_statement_says_what_was_executed(
    verdict: Verdict, release: str, changes: dict[str, Any], status: dict[str, str]
) -> None:
    found = of(verdict, release, **changes)
    refuse_invalid(json.loads(written("openvex", found)))
    (statement,) = statements(found)
    assert {key: statement[key] for key in ("status", "justification") if key in statement} == status
    assert statement["vulnerability"]["name"] == CVE[0]
    assert statement["vulnerability"]["aliases"] == list(CVE[1:])
    assert str(verdict) in statement["status_notes"]


@pytest.mark.parametrize(
    ("release", "waived", "said"),
    [
        ("0.2.0", False, "Upgrade Starlette to 0.4.0 or later. More about it: https://"),
        ("0.9.0", False, "No release is known to be free of it. More about it: https://"),
        ("0.2.0", True, "Accepted until 2027-01-31: we do not use sessions"),
    ],
)
def test_what_is_there_comes_with_what_to_do(release: str, waived: bool, said: str) -> None:
    found = of(A, release, waived=waived)
    refuse_invalid(json.loads(written("openvex", found)))
    (statement,) = statements(found)
    assert statement["status"] == "affected"
    assert statement["action_statement"].startswith(said)


def test_a_product_is_named_by_its_version_and_by_the_files_that_were_run() -> None:
    (product,) = statements(of(U, "0.2.0+acme.1"))[0]["products"]
    purl = "pkg:pypi/starlette@0.2.0%2Bacme.1"
    assert product == {"@id": purl, "identifiers": {"purl": purl}, "hashes": {"sha-256": "ab" * 32}}


def test_the_worst_of_two_programs_counts() -> None:
    both = checked(finding(U, hole()), finding(A, hole(), check="typing"))
    assert [each["status"] for each in statements(both)] == ["affected"]


def test_only_what_has_been_published_is_stated_and_nothing_at_all_is_refused() -> None:
    found = checked(finding(A), finding(A, hole()))
    assert [each["vulnerability"]["name"] for each in statements(found)] == [CVE[0]]


def test_the_same_run_has_the_same_identifier_and_another_has_another() -> None:
    def identifier(found: Checked) -> str:
        return str(json.loads(written("openvex", found))["@id"])

    assert identifier(of(U)) == identifier(of(U)) != identifier(of(X))


@pytest.mark.parametrize(
    "change",
    [
        {"status": "not_affected"},
        {"status": "gone"},
        {"status": "affected"},
        {"unknown": 1},
        {"vulnerability": {}},
        {"products": []},
    ],
)
def test_an_invalid_document_is_noticed(change: dict[str, Any]) -> None:
    document = json.loads(written("openvex", of(U)))
    refuse_invalid(document)
    document["statements"][0] |= change
    with pytest.raises(ValueError, match="statement"):
        refuse_invalid(document)
