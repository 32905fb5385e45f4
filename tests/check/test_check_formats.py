"""What is written of an environment: the gravest first, no more than was run, and every format marks what is waived."""

import json
import re
from dataclasses import replace
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from rich.console import Console

from harness.catalogue.case import Kind
from harness.check.findings import exit_code
from harness.check.formats import github, sarif, table
from harness.check.formats import json as as_json
from harness.check.formats.wording import answer
from harness.judgement.vocabulary import Verdict
from harness.support.exits import Exit
from harness.touches.match import Answer, Touch
from tests.support.checks import CVE, HERE, checked, finding, hole, written
from tests.support.schemas import validate
from tests.support.upgrades import bug

EVIL = (
    "x|`|\\| ``` @user #1 octo/cat#2 $x$ **b** [a](https://evil.example) {0} [/b] 100%\n"
    "</code></details><script>alert(1)</script><!--\r\n```\n\n::error::owned\n"
    "##[error]owned\x1b[31m\0\u202e\udcff\ufffe&amp;"
)
A, U, X, N = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE
CHANGE = bug(5, kind=Kind.BEHAVIOUR)
OF_FOUR = "of 4 that were looked for."
HERE_IT_HAS = "Starlette 0.2.0, as installed in .venv,"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([finding(U), finding(U, bug(8))], f"{HERE_IT_HAS} has none of the 2 bugs that could be told."),
        ([finding(U)], f"{HERE_IT_HAS} does not have #7."),
        ([finding(A)], f"{HERE_IT_HAS} has 1 bug (#7), of 1 that were looked for."),
        (
            [finding(A), finding(A, bug(8)), finding(A, hole()), finding(A, CHANGE)],
            f"{HERE_IT_HAS} has 1 security hole (#9), 2 bugs (#7 and #8) and 1 deliberate change (#5), {OF_FOUR}",
        ),
        (
            [finding(U), finding(X, bug(8))],
            f"{HERE_IT_HAS} does not have #7. Whether it has #8 could not be told.",
        ),
        ([finding(X)], f"Whether {HERE_IT_HAS} has #7 could not be told."),
        (
            [finding(X), finding(X, bug(8))],
            f"Whether {HERE_IT_HAS} has any of the 2 that were looked for could not be told.",
        ),
    ],
)
def test_the_answer_is_one_sentence_that_says_no_more_than_was_run(found: list[Any], said: str) -> None:
    assert answer(checked(*found)) == said


def test_of_many_some_are_named_and_the_others_counted_by_case_and_not_by_number() -> None:
    same = bug(7).model_copy(update={"name": "session_again_7"})
    found = [finding(A, same), *(finding(A, bug(number)) for number in range(7, 15))]
    assert " has 9 bugs (#7, #10, #11, #12, #13 and 3 more), of 9 that" in answer(checked(*found))


def test_nothing_observed_is_said_and_is_no_success() -> None:
    nothing = checked(findings=())
    assert answer(nothing) == "Nothing was observed."
    assert exit_code(nothing, strict=False) is Exit.NOT_OBSERVED


def test_what_is_there_comes_first_security_above_all_and_then_what_is_not_known() -> None:
    found = checked(
        finding(U, bug(1)), finding(X, hole(2)), finding(A, CHANGE), finding(A, bug(3)), finding(A, hole(4))
    )
    assert [each.case.references.issue for each in found.findings] == [4, 3, 5, 2, 1]
    text = written("table", found)
    places = [text.index(f"session_lost_{number}") for number in (4, 3, 5, 2)]
    assert places == sorted(places)
    assert "session_lost_1" not in text


def test_of_each_kind_what_the_code_uses_comes_first() -> None:
    used = replace(finding(A, bug(4)), touch=Touch(Answer.USED))
    found = replace(checked(), findings=(finding(A, hole(2)), finding(A, bug(3)), used))
    assert [each.case.references.issue for each in found.there] == [2, 4, 3]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("verdict", "kind", "waived", "lenient", "strictly"),
    [
        (A, Kind.BUG, False, Exit.DIFFERS, Exit.DIFFERS),
        (A, Kind.SECURITY, False, Exit.DIFFERS, Exit.DIFFERS),
        (A, Kind.BEHAVIOUR, False, Exit.AS_EXPECTED, Exit.DIFFERS),
        (A, Kind.BUG, True, Exit.AS_EXPECTED, Exit.AS_EXPECTED),
        (A, Kind.BEHAVIOUR, True, Exit.AS_EXPECTED, Exit.AS_EXPECTED),
        (U, Kind.BUG, False, Exit.AS_EXPECTED, Exit.AS_EXPECTED),
        (N, Kind.BUG, False, Exit.AS_EXPECTED, Exit.AS_EXPECTED),
        (X, Kind.BEHAVIOUR, False, Exit.NOT_OBSERVED, Exit.NOT_OBSERVED),
    ],
)
def test_how_the_command_ends_and_what_fails_in_junit(
    verdict: Verdict, kind: Kind, waived: bool, lenient: Exit, strictly: Exit, strict: bool
) -> None:
    code = strictly if strict else lenient
    found = checked(finding(verdict, bug(7, kind=kind), waived=waived))
    assert exit_code(found, strict=strict) is code
    document = json.loads(written("json", found, strict=strict))
    assert (document["exit"], document["findings"][0]["fails"]) == (code, code is Exit.DIFFERS)
    (test,) = next(iter(JUnitXml.fromstring(written("junit", found, strict=strict).encode())))
    skipped = verdict in (A, N)
    wanted = Failure if code is Exit.DIFFERS else Error if code is Exit.NOT_OBSERVED else Skipped if skipped else None
    assert [type(each) for each in test.result] == ([wanted] if wanted else [])


@pytest.mark.parametrize("kind", ["table", "markdown", "json", "junit", "sarif"])
def test_every_format_has_title_kind_aliases_and_an_address_that_exists(kind: str) -> None:
    text = written(kind, checked(finding(A, hole())))
    page = "https://github.com/Kludex/starlette/issues/9"
    if kind == "table":
        # Whoever reads that sits at this machine.
        page = "checkout/cases/session_lost_7/README.md"
    for word in ("A session is lost", "security", *CVE, page):
        assert word in text


def test_a_published_page_is_linked_where_its_address_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARLETTE_CASES_ADDRESS", "https://example.org/blob/abc/cases/")
    for kind in ("markdown", "json", "junit", "sarif"):
        text = written(kind, checked())
        assert "https://example.org/blob/abc/cases/session_lost_7/README.md" in text


@pytest.mark.parametrize("kind", ["table", "markdown", "json", "junit", "sarif"])
def test_every_format_says_until_when_and_why_something_is_waived(kind: str) -> None:
    text = written(kind, checked(finding(A, waived=True)))
    assert "we do not use sessions" in text
    assert "2027-01-31" in text or kind == "sarif"
    assert "we do not use sessions" not in written(kind, checked(finding(A)))


@pytest.mark.parametrize(
    ("subject", "verdict", "level", "command"),
    [
        (hole(), A, "error", "error"),
        (bug(7), A, "warning", "warning"),
        (CHANGE, A, "note", "notice"),
        (hole(), X, "note", "warning"),
        (hole(), U, None, None),
    ],
)
def test_sarif_and_the_annotations_grade_by_kind(subject: Any, verdict: Verdict, level: str, command: str) -> None:
    found = checked(finding(verdict, subject))
    results = json.loads(sarif.write(found, HERE))["runs"][0]["results"]
    assert [each["level"] for each in results] == ([level] if level else [])
    commands = github.annotations(found, HERE).splitlines()
    assert [line.split()[0] for line in commands] == ([f"::{command}"] if command else [])


def test_a_result_lies_where_the_starlette_lies() -> None:
    (result,) = json.loads(sarif.write(checked(), HERE))["runs"][0]["results"]
    (place,) = result["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == ".venv/starlette/__init__.py"
    assert github.annotations(checked(), HERE).startswith("::warning file=.venv/starlette/__init__.py,line=1,title=")


@pytest.mark.parametrize("verdict", [A, U, X])
def test_sarif_fits_its_schema(verdict: Verdict) -> None:
    found = checked(finding(verdict, hole(title=EVIL), evidence=EVIL), finding(A, waived=True))
    validate(json.loads(written("sarif", found)), "sarif-schema-2.1.0.json")


def test_json_has_everything_that_its_description_names() -> None:
    document = json.loads(written("json", checked(finding(A, hole(), waived=True))))
    described = re.findall(r"^\| (`.*?) \|", str(as_json.__doc__), re.MULTILINE)
    assert set(document) == {key for cell in described for key in re.findall(r"`(\w+)`", cell)}
    (first,) = document["findings"]
    assert set(first) == {
        *("case", "issue", "title", "area", "kind", "aliases", "links", "page"),
        *("check", "verdict", "fails", "waiver", "touch", "row"),
    }
    assert first["waiver"] == {"reason": "we do not use sessions", "expires": "2027-01-31"}
    assert set(document["environment"]) == {
        *("named", "interpreter", "python", "starlette", "starlette_file", "freeze", "doubt"),
    }


def test_a_column_in_which_nothing_would_stand_is_left_out() -> None:
    assert "| known as |" not in written("markdown", checked())
    assert "| known as |" in written("markdown", checked(finding(A, hole())))
    alike, mixed = checked(finding(A)), checked(finding(A), finding(X, bug(8)))
    assert "affected" not in written("table", alike)
    assert "affected" in written("table", mixed)


def test_what_each_program_saw_is_shown_where_there_are_few_and_of_what_could_not_be_told() -> None:
    saw = "repro: AssertionError (starlette/requests.py:31)"
    many = [finding(A, bug(number)) for number in range(1, 20)]
    assert saw in written("table", checked(finding(A)))
    text = written("table", checked(*many))
    assert saw not in text
    assert "--all, or --format json" in text
    assert "checkout/cases/<name>/README.md" in text
    assert "repro: timed_out" in written("table", checked(*many, finding(X, bug(20))))
    shown = StringIO()
    table.show(checked(*many), Console(file=shown, width=250, color_system=None), everything=True)
    assert shown.getvalue().count(saw) == 19


def test_hundreds_of_findings_are_short_enough_for_a_comment_and_the_gravest_are_quoted() -> None:
    many = [
        finding(
            A, bug(number, title="What a user sees of it, in so many words that a line is filled"), evidence="x" * 150
        )
        for number in range(1000, 1150)
    ]
    text = written("markdown", checked(*many, finding(A, hole())))
    assert len(text.encode()) < 40_000
    assert text.count("x" * 150) == 19  # and the hole
    assert "session_lost_9: " in text
    assert "of 131 more: --format json" in text


def test_hostile_text_stays_text() -> None:
    found = checked(finding(A, hole(title=EVIL), evidence=EVIL, waived=True), finding(X, bug(7), evidence=EVIL))
    shown = written("table", found)
    # What takes a command of a log apart is not seen.
    assert {c for c in shown if not c.isprintable()} == {"\n"}
    ElementTree.fromstring(written("junit", found))
    json.loads(written("json", found).encode("utf-8"))
    json.loads(written("openvex", found).encode("utf-8"))
    for line in github.annotations(found, HERE).splitlines():
        assert re.fullmatch(r"::(error|warning|notice) file=[^:,]+,line=1,title=[^:,]+::[^\r\n\x1b]+", line)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(written("markdown", found))
    inline = [child for token in tokens for child in token.children or ()]
    tags = {each.content.strip() for each in [*tokens, *inline] if each.type in ("html_inline", "html_block")}
    known = {"<code>", "</code>", "<details>", "</details>"}
    assert {re.sub("<summary>.*</summary>", "", tag) for tag in tags} == known
    links = {str(each.attrs["href"]) for each in inline if each.type == "link_open"}
    assert all(link.startswith("https://github.com/Kludex/starlette/issues/") for link in links)
