"""What the cases of the checkout say of themselves: the program that shows a bug touches it, and not most others."""

from pathlib import Path

import pytest

from harness.catalogue.case import Case, Check
from harness.support.paths import CASES
from harness.touches.match import Answer
from harness.touches.names import REACHES, is_dependent, names_of
from harness.touches.touching import touching
from tests.support.case_files import load
from tests.support.sources import lay_sources

ALL = load(CASES)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_program_that_shows_a_bug_touches_it(case: Case, tmp_path: Path) -> None:
    lay_sources(tmp_path, {"repro.py": case.program(Check.REPRO).read_bytes()})
    touch = touching([case], (tmp_path,)).touches[case.name]
    assert touch.answer is (Answer.CANNOT_TELL if case.no_touches else Answer.USED), touch


def test_a_program_that_uses_something_else_touches_few(tmp_path: Path) -> None:
    lay_sources(tmp_path, {"main.py": "from starlette.config import Config\n\nconfig = Config()\n"})
    answers = touching(ALL, (tmp_path,)).touches
    used = {name for name, touch in answers.items() if touch.answer is Answer.USED}
    assert used == {"multipart_import_warning_2733", "requests_typing_extensions_3109"}  # any import does
    untold = {name for name, touch in answers.items() if touch.answer is Answer.CANNOT_TELL}
    assert untold == {case.name for case in ALL if case.no_touches}


def test_every_name_on_the_left_of_a_row_leads_to_starlettes_own() -> None:
    for name in REACHES:
        assert any(each.startswith("starlette") for each in names_of(name)), name


def test_fastapi_and_starlette_themselves_are_no_packages_that_may_use_it() -> None:
    assert not any(map(is_dependent, ("starlette.requests", "fastapi", "fastapi.middleware.cors", "httpx")))
    assert all(map(is_dependent, ("sse_starlette", "slowapi.util", "opentelemetry.instrumentation.fastapi")))
