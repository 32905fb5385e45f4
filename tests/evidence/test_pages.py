"""The measured ranges in a case's page: what is written there is what the evidence says, and nothing else changes."""

from collections.abc import Mapping

import pytest

from harness.catalogue.case import Check
from harness.evidence.document import Evidence, Measured, ProfileEvidence, Span
from harness.evidence.pages import BEGIN, END, between_marks, page_with_ranges
from harness.judgement.vocabulary import Reason, Verdict
from harness.support.errors import UserError
from tests.support.factories import case

SAID = {
    "a": (Verdict.AFFECTED, None, "AssertionError (starlette/requests.py)"),
    "u": (Verdict.UNAFFECTED, None, "ran to its end"),
    "n": (Verdict.NOT_APPLICABLE, Reason.NO_TYPES, "Starlette ships no py.typed"),
    "i": (Verdict.INCONCLUSIVE, Reason.OTHER_EXCEPTION, "TypeError: `int | None` (starlette/routing.py)"),
    "x": (Verdict.UNAVAILABLE, Reason.NOT_INSTALLABLE, ""),
    "f": (Verdict.FLAKY, Reason.DISAGREEING, "affected in 2 of 3, unaffected in 1 of 3"),
}


def spans(letters: str) -> tuple[Span, ...]:
    return tuple(Span(f"0.{n}.0", f"0.{n}.0", *SAID[letter], {}) for n, letter in enumerate(letters))


def measured(repro: str, typing: str = "") -> ProfileEvidence:
    programs = {Check.REPRO: spans(repro), Check.TYPING: spans(typing or "u" * len(repro))}
    return ProfileEvidence("3.11", (Measured("0.0.0", f"0.{len(repro) - 1}.0", "2026-12-31"),), programs)


def evidence(profiles: Mapping[str, ProfileEvidence], both: bool = False) -> Evidence:
    tells = (Check.REPRO, Check.TYPING) if both else (Check.REPRO,)
    return Evidence("session_lost_7", "A session is lost", "2026-12-31", "2.4.1", tells, profiles)


def page(tmp_path_factory: pytest.TempPathFactory, found: Evidence, text: str = f"{BEGIN}\n{END}") -> str:
    folder = tmp_path_factory.mktemp("case")
    (folder / "README.md").write_text(text, encoding="utf-8")
    return page_with_ranges(case(directory=folder), found)


def table(text: str) -> list[str]:
    return [line.strip("| ").replace(" | ", "|") for line in text.splitlines() if line.startswith("|")][2:]


def test_what_profiles_measured_alike_is_one_line_and_what_matters_most_comes_first(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    found = evidence({"period": measured("nnuaiau"), "today": measured("nnuaiaua")})
    assert table(page(tmp_path_factory, found)) == [
        "repro|`period`, `today`|0.3.0 to 0.5.0|`affected`, fixed in 0.6.0",
        "repro|`today`|0.7.0|`affected`, not fixed",
        "repro|`period`, `today`|0.4.0|`inconclusive`: "
        r"`other_exception: TypeError: 'int \| None' (starlette/routing.py)`",
        "repro|`period`, `today`|0.0.0, 0.1.0|`not_applicable`: `no_types`",
        "repro|`period`, `today`|0.2.0, 0.6.0|`unaffected`",
    ]


def test_whatever_could_not_be_told_is_there_with_its_reason(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert table(page(tmp_path_factory, evidence({"period": measured("uxf")}))) == [
        "repro|`period`|0.2.0|`flaky`: `disagreeing: affected in 2 of 3, unaffected in 1 of 3`",
        "repro|`period`|0.1.0|`unavailable`: `not_installable`",
        "repro|`period`|0.0.0|`unaffected`",
    ]


def test_each_program_that_discriminates_has_its_own_lines_and_a_control_has_none(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    both = table(page(tmp_path_factory, evidence({"period": measured("au", "ua")}, both=True)))
    assert both[:2] == [
        "repro|`period`|0.0.0|`affected`, fixed in 0.1.0",
        "typing|`period`|0.1.0|`affected`, not fixed",
    ]
    alone = table(page(tmp_path_factory, evidence({"period": measured("au")})))
    assert [line for line in alone if line.startswith("typing")] == []


def test_only_what_lies_between_the_marks_changes_and_only_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    above, below = "# A bug\n\nIt came back.\n\n", "\n\n## Run it again\n\n    nox\n"
    found = evidence({"period": measured("au")})
    written = page(tmp_path_factory, found, f"{above}{BEGIN}\nout of date\n{END}{below}")
    assert written.startswith(f"{above}{BEGIN}\n\nMeasured as of 2026-12-31 with CPython 3.11 and mypy 2.4.1.")
    assert written.endswith(f"|\n\n{END}{below}")
    assert "out of date" not in written
    assert page(tmp_path_factory, found, written) == written


@pytest.mark.parametrize(
    "text",
    [
        "# A bug\n",
        f"{BEGIN}\n",
        f"as in {BEGIN}\n{END}\n",
        f"{BEGIN}\n{END}\n{BEGIN}\n",
        f"{BEGIN}\n{END}\n{END}\n",
        f"{END}\n{BEGIN}\n",
    ],
)
def test_a_page_that_does_not_mark_the_place_exactly_once_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^cases/a/README\.md: the place of what is generated is not marked"):
        between_marks(text, "cases/a/README.md", iter(()))
