"""What is written from a comparison: it says no more than was run, and each format marks what fails and is waived."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from rich.console import Console

from harness.catalogue.case import Check
from harness.judgement.vocabulary import Reason, Verdict
from harness.support.exits import Exit
from harness.upgrade.comparison import Change, Comparison, Conflict, Nearest, Step, exit_code
from harness.upgrade.formats import github, table
from harness.upgrade.formats import json as as_json
from harness.upgrade.formats.wording import answer, nearest, unchecked
from harness.upgrade.pins import NotChecked
from tests.support.factories import row
from tests.support.upgrades import HERE, bug, comparison, finding, pins, results, side, waiver, written

KINDS = [(change, waived, strict) for change in Change for waived in (False, True) for strict in (False, True)]


def of(change: Change, *, waived: bool = False) -> Comparison:
    return comparison(replace(finding(change), waiver=waiver() if waived else None))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("N", "does not introduce the one bug that this suite looked for."),
        ("NN", "introduces none of the 2 bugs that this suite looked for."),
        ("FF", "introduces none of the 2 bugs that this suite looked for and fixes #1 and #2."),
        ("IFS", "introduces #1, fixes #2 and leaves #3 in place."),
        ("III", "introduces #1, #2 and #3."),
        ("NNU", "introduces none of the 2 bugs that could be told; what it does to #3 could not be told."),
        ("IU", "introduces #1; what it does to #2 could not be told."),
    ],
)
def test_the_answer_is_one_sentence_that_says_no_more_than_was_run(changes: str, said: str) -> None:
    kinds = dict(zip("FISNU", Change, strict=True))
    found = comparison(*(finding(kinds[each], bug(issue)) for issue, each in enumerate(changes, 1)))
    assert answer(found) == f"Going from Starlette 0.2.0 to 0.3.0 {said}"


def test_the_answer_where_nothing_could_be_told_or_was_compared() -> None:
    untold = comparison(finding(Change.UNTOLD), finding(Change.UNTOLD, bug(8)))
    assert answer(untold) == (
        "Whether going from Starlette 0.2.0 to 0.3.0 introduces any of the 2 bugs "
        "that this suite looked for could not be told."
    )
    assert answer(replace(untold, findings=())) == "Nothing was compared, so nothing can be said of this upgrade."


def test_the_answer_names_the_program_where_two_of_one_bug_disagree() -> None:
    typing = finding(Change.UNTOLD, check=Check.TYPING)
    assert "introduces #7 (repro); what it does to #7 (typing) could" in answer(comparison(finding(), typing))
    assert "introduces #7." in answer(comparison(finding(), finding(check=Check.TYPING)))


def test_the_answer_marks_what_is_waived_and_an_upgrade_of_something_else() -> None:
    found = replace(of(Change.INTRODUCED, waived=True), after=side())
    assert answer(found) == "This change, with Starlette 0.2.0 kept, introduces #7 (waived)."


def test_the_release_to_go_to_is_named_with_what_remains_there() -> None:
    found = comparison(finding(), finding(subject=bug(8)))
    assert nearest(found) == (
        "The nearest release that is free of the 2 bugs that this suite looked for is 0.4.0; 2 releases were tried."
    )
    remaining = row(), row(issue=8, label="#8", verdict=Verdict.INCONCLUSIVE, reason=Reason.DIED)
    assert nearest(replace(found, nearest=Nearest("0.3.0", remaining, ("0.3.0",)))) == (
        "No release that was tried is free of the 2 bugs that this suite looked for; "
        "the best is 0.3.0, where #7 is affected and #8 is inconclusive; 1 release was tried."
    )
    gone = tuple(replace(each, verdict=Verdict.UNAVAILABLE, reason=Reason.NOT_INSTALLABLE) for each in remaining)
    assert nearest(replace(found, nearest=Nearest("0.3.0", gone, ("0.3.0", "0.4.0")))) == (
        "No release could be installed with what is pinned beside it; 2 releases were tried."
    )
    assert nearest(replace(found, nearest=None)) is None


@pytest.mark.parametrize(("change", "waived", "strict"), KINDS)
def test_how_the_command_ends(change: Change, waived: bool, strict: bool) -> None:
    fails = not waived and (change is Change.INTRODUCED or (strict and change is Change.STILL_PRESENT))
    alone = Exit.DIFFERS if fails else Exit.NOT_OBSERVED if change is Change.UNTOLD else Exit.AS_EXPECTED
    found = of(change, waived=waived)
    assert exit_code(found, strict=strict) is alone
    doubtful = replace(found, findings=(*found.findings, finding(Change.UNTOLD, bug(8))))
    assert exit_code(doubtful, strict=strict) is (Exit.DIFFERS if fails else Exit.NOT_OBSERVED)
    assert json.loads(written("json", found, strict=strict))["exit"] == alone


def test_nothing_compared_is_no_success() -> None:
    assert exit_code(replace(comparison(), findings=()), strict=False) is Exit.NOT_OBSERVED


@pytest.mark.parametrize(("change", "waived", "strict"), KINDS)
def test_junit_has_a_result_for_what_fails_what_could_not_be_told_and_what_is_waived(
    change: Change, waived: bool, strict: bool
) -> None:
    text = written("junit", of(change, waived=waived), strict=strict)
    (test,) = next(iter(JUnitXml.fromstring(text.encode())))
    present = change in (Change.INTRODUCED, Change.STILL_PRESENT)
    wanted = (
        Skipped
        if present and waived
        else Failure
        if change is Change.INTRODUCED or (change is Change.STILL_PRESENT and strict)
        else Error
        if change is Change.UNTOLD
        else None
    )
    assert [type(each) for each in test.result] == ([wanted] if wanted else [])
    assert ("waived until 2027-01-31: we do not use sessions; " in text) == (wanted is Skipped)


@pytest.mark.parametrize("waived", [False, True])
@pytest.mark.parametrize(
    ("change", "level", "command"),
    [
        (Change.INTRODUCED, "error", "error"),
        (Change.STILL_PRESENT, "warning", "warning"),
        (Change.UNTOLD, "note", "warning"),
        (Change.FIXED, None, "notice"),
        (Change.NEVER_PRESENT, None, None),
    ],
)
def test_sarif_and_the_annotations_grade_what_changes_and_mark_what_is_waived(
    change: Change, level: str | None, command: str | None, waived: bool
) -> None:
    found = of(change, waived=waived)
    counts = waived and change in (Change.INTRODUCED, Change.STILL_PRESENT)
    accepted = [{"kind": "external", "status": "accepted", "justification": "we do not use sessions"}]
    seen = [(each["level"], each["suppressions"]) for each in results(found)]
    assert seen == ([(level, accepted if counts else [])] if level else [])
    commands = github.annotations(found, HERE).splitlines()
    assert [line.split()[0] for line in commands] == ([f"::{'notice' if counts else command}"] if command else [])
    assert all(("waived until 2027-01-31: we do not use sessions" in line) == counts for line in commands)


@pytest.mark.parametrize("waived", [False, True])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change.FIXED, "fixed by this upgrade"),
        (Change.INTRODUCED, "introduced by this upgrade"),
        (Change.STILL_PRESENT, "still present"),
        (Change.NEVER_PRESENT, "never present"),
        (Change.UNTOLD, "could not tell (after: inconclusive, timed_out)"),
    ],
)
def test_what_becomes_of_a_bug_is_said_in_words(change: Change, words: str, waived: bool) -> None:
    found = of(change, waived=waived)
    counts = waived and change in (Change.INTRODUCED, Change.STILL_PRESENT)
    bold = f"**{words}**" if change is Change.INTRODUCED else words
    until = ", waived until 2027-01-31: <code>we do not use sessions</code>" if counts else ""
    assert (
        f"| [#7](https://github.com/Kludex/starlette/issues/7) repro | {bold}{until} | A session is lost |"
        in written("markdown", found)
    )
    shown = StringIO()
    table.show(found, Console(file=shown, width=250, color_system=None))
    assert f"  {words}{', waived until 2027-01-31: we do not use sessions' if counts else ''}  " in shown.getvalue()


def test_an_annotation_is_escaped_as_github_reads_it() -> None:
    subject = bug(7, title="100% lost: a, b")
    named = side(pins=pins("0.3.0", "a,b:c%.lock", 3))
    found = comparison(finding(subject=subject, evidence="50%: x,\r\ny"), after=named)
    assert github.annotations(found, HERE) == (
        "::error file=a%2Cb%3Ac%25.lock,line=3,title=Starlette bug #7%3A introduced by this upgrade"
        "::100%25 lost: a, b: before unaffected: 50%25: x, y; after affected: 50%25: x, y; "
        "see cases/session_lost_7/README.md\n"
    )


def test_the_step_summary_is_what_is_pasted_into_a_pull_request() -> None:
    assert github.summary(comparison()).strip() == written("markdown", comparison()).strip()
    assert github.summary(comparison()).endswith("\n\n")


def test_markdown_begins_with_the_answer_and_says_what_was_run() -> None:
    steps = (Step("starlette", "0.2.0", "0.3.0"), Step("anyio", "3.3.4", "4.0.0"), Step("trio", None, "0.30"))
    refused = (Conflict("fastapi", "0.95.0", "starlette<0.3"),)
    nowhere = side("0.3.0", python=None, freeze=())
    text = written("markdown", comparison(steps=steps, conflicts=refused, after=nowhere))
    assert text.startswith(
        "Going from Starlette 0.2.0 to 0.3.0 introduces [#7](https://github.com/Kludex/starlette/issues/7).\n\n| bug |"
    )
    for line in (
        "| A session is lost | `cases/session_lost_7/README.md` |",
        "- <code>fastapi 0.95.0</code>: <code>starlette&#60;0.3</code>",
        "What was run, on 2026-11-21:",
        "| asked for | <code>uv.lock</code> | <code>uv.lock</code> |",
        "| Starlette | <code>0.2.0</code> | <code>0.3.0</code> |",
        "| Python | <code>3.11.7</code> | could not be built |",
        "| <code>anyio</code> | <code>3.3.4</code> | <code>4.0.0</code> |",
        "| <code>trio</code> | none | <code>0.30</code> |",
        "before: Starlette 0.2.0: unaffected: AssertionError (starlette/requests.py:31)",
        "after: nothing",
    ):
        assert line in text
    assert text.count("| <code>starlette</code> |") == 0, "it has a row of its own"


def test_the_table_says_the_same_to_a_person() -> None:
    refused = (Conflict("fastapi", "0.95.0", "starlette<0.3"),)
    text = written("table", comparison(conflicts=refused))
    for line in (
        "Going from Starlette 0.2.0 to 0.3.0 introduces #7.",
        "  before  uv.lock: Starlette 0.2.0, Python 3.11.7",
        "  starlette 0.2.0 -> 0.3.0",
        "  fastapi 0.95.0: starlette<0.3",
        "  cases/session_lost_7/README.md",
    ):
        assert line in text.splitlines()
    assert "is 0.4.0; 2 releases were tried." in text


def test_json_has_everything_that_its_description_names() -> None:
    found = replace(of(Change.INTRODUCED, waived=True), conflicts=(Conflict("fastapi", "0.95.0", "no", 12),))
    document = json.loads(written("json", found, strict=True))
    described = re.findall(r"^\| (`.*?) \|", str(as_json.__doc__), re.MULTILINE)
    assert set(document) == {key for cell in described for key in re.findall(r"`(\w+)`", cell)}
    (first,) = document["findings"]
    assert set(first) == {
        *("case", "issue", "title", "area", "kind", "aliases", "links", "page", "check"),
        *("change", "waiver", "before", "after"),
    }
    assert (first["change"], first["waiver"]) == (
        "introduced",
        {"reason": "we do not use sessions", "expires": "2027-01-31"},
    )
    assert first["after"]["verdict"] == "affected"
    assert document["nearest"]["is_safe"] is True
    assert document["conflicts"] == [{"name": "fastapi", "version": "0.95.0", "reason": "no", "line": 12}]
    assert document["after"]["pins"][1]["line"] == 32


LEFT = (NotChecked("acme", "1.0", "private"), NotChecked("numpy", "<2", "open"), NotChecked("tool", "", "private"))


def test_what_was_not_checked_is_one_line_that_says_each_reason_once() -> None:
    found = comparison(unchecked=LEFT)
    assert unchecked(found) == "acme 1.0 and tool: private; numpy <2: open"
    many = tuple(NotChecked(f"n{number}", "1", "conda") for number in range(9))
    assert unchecked(comparison(unchecked=many)) == "n0 1, n1 1, n2 1, n3 1, n4 1 and 4 more: conda"
    assert unchecked(comparison(unchecked=many[:6])) == "n0 1, n1 1, n2 1, n3 1, n4 1 and n5 1: conda"
    assert unchecked(comparison()) is None


def test_what_was_not_checked_is_shown_where_there_is_any() -> None:
    found = comparison(unchecked=LEFT)
    assert "\nNot checked\n  acme 1.0 and tool: private; numpy <2: open\n" in written("table", found)
    assert "\nNot checked: <code>acme 1.0 and tool&#58; private&#59; numpy &#60;2&#58; open</code>\n" in written(
        "markdown", found
    )
    assert json.loads(written("json", found))["unchecked"][2] == {"name": "tool", "version": "", "reason": "private"}
    for kind in ("table", "markdown"):
        assert "Not checked" not in written(kind, comparison())
    assert json.loads(written("json", comparison()))["unchecked"] == []
