"""What is written from a comparison: it says no more than was run, and each format marks what fails and is waived."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from rich.console import Console

from harness.catalogue.case import Check, Kind
from harness.judgement.vocabulary import Reason, Verdict
from harness.support.exits import Exit
from harness.touches.match import Answer, Touch
from harness.upgrade.comparison import (
    Candidate,
    Change,
    Comparison,
    Conflict,
    Role,
    Step,
    Workaround,
    exit_code,
    findings,
)
from harness.upgrade.formats import github, table
from harness.upgrade.formats import json as as_json
from harness.upgrade.formats.grouping import bugs
from harness.upgrade.formats.wording import answer, basis, plan, unchecked, where
from harness.upgrade.pins import NotChecked
from tests.support.checks import CVE, hole
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


RUN = "2 releases were run: those of which the evidence expects the least, of equal ones the nearest first."
NONE = "none of the one bug that this suite looked for was seen"
REFUSED = Conflict("fastapi", "0.95.0", "starlette<0.3", 12)


def test_the_release_to_go_to_is_named_with_what_remains_there() -> None:
    found = comparison(finding(), finding(subject=bug(8)))
    assert where(found) == (
        f"The best release to go to, which what is pinned beside it allows, is 0.4.0: {NONE}.",
        RUN,
    )
    there = (finding(Change.STILL_PRESENT, bug(9)), finding(Change.INTRODUCED, bug(8, kind=Kind.SECURITY)))
    refused = Candidate("0.9.0", (Role.BEST,), (*there, finding(Change.UNTOLD)), (REFUSED,))
    assert where(replace(found, candidates=(refused,))) == (
        "The best release to go to is 0.9.0, where #8 and #9 are there and 1 could not be told.",
        "What is pinned beside it allows no release that was run.",
        RUN,
    )
    allowed = Candidate("0.3.0", (Role.TARGET, Role.BEST_ALLOWED, Role.NEWEST_ALLOWED), there[:1])
    newest = Candidate("1.0.0", (Role.NEWEST,), there)
    assert where(replace(found, candidates=(allowed, refused, newest))) == (
        "The best release to go to is 0.9.0, where #8 and #9 are there and 1 could not be told.",
        "The best that what is pinned beside it allows is 0.3.0, where #9 is there.",
        "The newest that what is pinned beside it allows is 0.3.0, the newest at all is 1.0.0.",
        RUN,
    )
    assert where(replace(found, candidates=())) == ()


def test_where_nothing_could_be_installed_no_release_is_called_the_best() -> None:
    row = replace(finding().after, verdict=Verdict.UNAVAILABLE, reason=Reason.NOT_INSTALLABLE)
    gone = Candidate("0.3.0", (Role.TARGET, Role.BEST), (replace(finding(), after=row),))
    found = comparison(candidates=(gone,))
    assert where(found) == ("No release could be installed with what is pinned beside it; 2 releases were run.",)
    assert [row[-1] for row in plan(found)] == ["could not be installed"]


def test_the_plan_is_a_row_for_each_release_that_one_may_go_to() -> None:
    hole = bug(8, kind=Kind.SECURITY)
    target = Candidate("0.3.0", (Role.TARGET,), (finding(), finding(Change.INTRODUCED, hole)), (REFUSED,))
    best = Candidate("0.4.0", (Role.BEST, Role.NEWEST), (finding(Change.FIXED), finding(Change.STILL_PRESENT, hole)))
    found = comparison(finding(), finding(subject=hole), candidates=(target, best))
    assert plan(found) == [
        ("0.3.0", "asked for", "2 (1 security)", "0", "0", "0", "refused by fastapi 0.95.0"),
        ("0.4.0", "best, newest", "0", "1", "1 (1 security)", "0", "allows it"),
    ]
    assert "| <code>0.4.0</code> | <code>best, newest</code> | <code>0</code> |" in written("markdown", found)
    assert "  0.4.0    best, newest  0 " in written("table", found)
    document = json.loads(written("json", found))
    assert [(each["release"], each["roles"]) for each in document["candidates"]] == [
        ("0.3.0", ["asked for"]),
        ("0.4.0", ["best", "newest"]),
    ]
    assert document["candidates"][0]["refused"][0]["line"] == 12


def test_a_workaround_is_shown_with_what_running_it_showed() -> None:
    works = Workaround(bug(7), replace(finding().after, verdict=Verdict.UNAFFECTED))
    fails = Workaround(bug(8), finding(subject=bug(8)).after)
    found = comparison(workarounds=(works, fails))
    first, second = (line for line in written("table", found).splitlines() if "workaround.py" in line)
    assert first.startswith("  #7 on 0.3.0: ")
    assert first.endswith("workaround.py works")
    assert "workaround.py could not be shown to work (affected: " in second
    assert "Workarounds that were run:" in written("markdown", found)
    assert [each["works"] for each in json.loads(written("json", found))["workarounds"]] == [True, False]


def test_a_waiver_holds_on_every_release_that_one_may_go_to() -> None:
    there = Candidate("0.4.0", (Role.BEST,), (finding(),))
    (found,) = comparison(candidates=(there,)).with_waivers((waiver(),)).candidates
    assert found.findings[0].waived == waiver()


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
        (Change.FIXED, "Fixed by this upgrade"),
        (Change.INTRODUCED, "Introduced by this upgrade"),
        (Change.STILL_PRESENT, "Still present"),
        (Change.UNTOLD, "Could not tell"),
    ],
)
def test_what_becomes_of_a_bug_is_the_heading_above_it(change: Change, words: str, waived: bool) -> None:
    found = of(change, waived=waived)
    counts = waived and change in (Change.INTRODUCED, Change.STILL_PRESENT)
    bold = f"**{words}: 1**" if change is Change.INTRODUCED else f"{words}: 1"
    more = "; waived until 2027-01-31: <code>we do not use sessions</code>" if counts else ""
    more = "; <code>repro after&#58; inconclusive, timed&#95;out</code>" if change is Change.UNTOLD else more
    row = f"| bug | [#7](https://github.com/Kludex/starlette/issues/7) | A session is lost{more} | repro |"
    assert f"\n\n{bold}\n\n| kind | bug | what it is | program |\n| --- | --- | --- | --- |\n{row}\n" in written(
        "markdown", found
    )
    shown = StringIO()
    table.show(found, Console(file=shown, width=250, color_system=None))
    assert f"\n{words}: 1\n  bug  #7  A session is lost" in shown.getvalue()
    assert ("repro: waived until 2027-01-31: we do not use sessions" in shown.getvalue()) == counts


def test_what_was_never_present_is_a_number_and_no_row() -> None:
    found = comparison(finding(), *(finding(Change.NEVER_PRESENT, bug(number)) for number in (8, 9)))
    assert len(written("table", found).splitlines()) < 24
    for kind in ("table", "markdown"):
        text = written(kind, found)
        assert "Of the 3 bugs that this suite looked for: 1 introduced, 2 never present" in text
        assert "#8" not in text


def test_what_an_answer_rests_on_is_counted_with_why_the_rest_could_not_be_told() -> None:
    untold, never, kept = (
        finding(change, bug(number))
        for number, change in ((8, Change.UNTOLD), (9, Change.NEVER_PRESENT), (10, Change.STILL_PRESENT))
    )
    counted = (
        "1 still present, 1 never present (1 not_applicable, no_types), 1 could not be told (1 inconclusive, timed_out)"
    )
    alike = "None of them tells the two sides apart; of whatever else differs between them, that says nothing."
    looked = "that this suite looked for"
    assert basis(comparison(kept, untold, never)) == f"Of the 3 bugs {looked}: {counted}. {alike}"
    assert basis(comparison(finding())) == f"Of the one bug {looked}: 1 introduced."
    assert basis(comparison(untold)) == f"Of the one bug {looked}: 1 could not be told (1 inconclusive, timed_out)."


def test_findings_are_told_in_the_order_in_which_somebody_acts_on_them() -> None:
    kinds = (Kind.BEHAVIOUR, Kind.BUG, Kind.SECURITY)
    changes = (Change.NEVER_PRESENT, Change.FIXED, Change.UNTOLD, Change.STILL_PRESENT, Change.INTRODUCED)
    each = [
        finding(change, bug(number, kind=kind))
        for number, (change, kind) in enumerate(((c, k) for c in changes for k in kinds), 1)
    ]
    cases = {one.case.name: one.case for one in each}
    ordered = findings(cases, [one.before for one in each], [one.after for one in each])
    assert [one.case.references.issue for one in ordered] == list(range(15, 0, -1))


def test_of_each_kind_what_the_code_uses_comes_first() -> None:
    used = replace(finding(subject=bug(2)), touch=Touch(Answer.USED))
    found = comparison(finding(subject=bug(3, kind=Kind.SECURITY)), finding(subject=bug(1)), used)
    assert [each.case.references.issue for each in bugs(found, Change.INTRODUCED)] == [3, 2, 1]


@pytest.mark.parametrize("kind", ["table", "markdown", "json", "junit", "sarif"])
def test_every_format_has_title_kind_and_aliases(kind: str) -> None:
    text = written(kind, comparison(finding(subject=hole())))
    for word in ("A session is lost", "security", *CVE):
        assert word in text


@pytest.mark.parametrize(("strict", "code"), [(False, Exit.AS_EXPECTED), (True, Exit.DIFFERS)])
def test_a_deliberate_change_is_told_and_fails_only_where_strict(strict: bool, code: Exit) -> None:
    found = comparison(finding(subject=bug(7, kind=Kind.BEHAVIOUR)))
    assert "introduces #7" in answer(found)
    assert exit_code(found, strict=strict) is code


LONG = "What a user sees of it & what else happens, in so many words that a line is filled"


@pytest.mark.parametrize("change", Change)
def test_hundreds_of_bugs_are_short_enough_for_a_pull_request_and_security_has_its_lines(change: Change) -> None:
    many = [
        finding(
            change, bug(number, title=LONG, kind=Kind.SECURITY if number % 9 == 0 else Kind.BUG), evidence="x" * 999
        )
        for number in range(1000, 1250)
    ]
    found = comparison(*many)
    assert len(written("markdown", found).encode()) < 20_000
    assert len(written("table", found).splitlines()) < 110
    if change is not Change.NEVER_PRESENT:
        assert written("table", found).count(f"  security  #{1000 + 8}") == 1
        # Security comes first among those, too, for which there is no line.
        assert "others: #1152, #1161," in written("table", found)


def test_an_annotation_is_escaped_as_github_reads_it() -> None:
    subject = bug(7, title="100% lost: a, b")
    named = side(pins=pins("0.3.0", "a,b:c%.lock", 3))
    found = comparison(finding(subject=subject, evidence="50%: x,\r\ny"), after=named)
    assert github.annotations(found, HERE) == (
        "::error file=a%2Cb%3Ac%25.lock,line=3,title=Starlette bug #7%3A introduced by this upgrade"
        "::100%25 lost: a, b: before unaffected: 50%25: x, y; after affected: 50%25: x, y; "
        "see https://github.com/Kludex/starlette/issues/7\n"
    )


def test_markdown_begins_with_the_answer_and_says_what_was_run() -> None:
    steps = (Step("starlette", "0.2.0", "0.3.0"), Step("anyio", "3.3.4", "4.0.0"), Step("trio", None, "0.30"))
    refused = (Conflict("fastapi", "0.95.0", "starlette<0.3"),)
    nowhere = side("0.3.0", python=None, freeze=())
    text = written("markdown", comparison(steps=steps, conflicts=refused, after=nowhere))
    introduces = "introduces [#7](https://github.com/Kludex/starlette/issues/7)"
    assert text.startswith(f"Going from Starlette 0.2.0 to 0.3.0 {introduces}.\n\nOf the one bug ")
    for line in (
        "| A session is lost | repro |",
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
        "  checkout/cases/session_lost_7/README.md",
    ):
        assert line in text.splitlines()
    assert f"  {RUN}" in text.splitlines()


def test_json_has_everything_that_its_description_names() -> None:
    found = replace(of(Change.INTRODUCED, waived=True), conflicts=(Conflict("fastapi", "0.95.0", "no", 12),))
    document = json.loads(written("json", found, strict=True))
    described = re.findall(r"^\| (`.*?) \|", str(as_json.__doc__), re.MULTILINE)
    assert set(document) == {key for cell in described for key in re.findall(r"`(\w+)`", cell)}
    (first,) = document["findings"]
    assert set(first) == {
        *("case", "issue", "title", "area", "kind", "aliases", "links", "page", "check"),
        *("change", "waiver", "touch", "before", "after"),
    }
    assert (first["change"], first["waiver"]) == (
        "introduced",
        {"reason": "we do not use sessions", "expires": "2027-01-31"},
    )
    assert first["after"]["verdict"] == "affected"
    assert document["candidates"][0]["findings"][0]["change"] == "never_present"
    assert document["tried"] == ["0.3.0", "0.4.0"]
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
