"""What the formats say of the user's code: a line for each finding, and the place where somebody would look."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.check.findings import exit_code as check_exit
from harness.check.formats import github as check_github
from harness.check.formats import sarif as check_sarif
from harness.touches.match import Answer, Touch
from harness.touches.mentions import Place
from harness.upgrade.comparison import exit_code as upgrade_exit
from harness.upgrade.formats import github, sarif
from tests.support import checks, upgrades
from tests.support.schemas import validate

HERE = Path("/project")
TOUCHES = {
    Answer.USED: Touch(Answer.USED, (Place(HERE / "app/main.py", 12), Place(HERE / "app/db.py", 3))),
    Answer.NOT_SEEN: Touch(Answer.NOT_SEEN),
    Answer.CANNOT_TELL: Touch(Answer.CANNOT_TELL, (Place(HERE / "app/star.py", 1),), "from starlette import *"),
}
SAID = {
    Answer.USED: ("used at", "main.py", "12 and 1 more line"),
    Answer.NOT_SEEN: ("not seen",),
    Answer.CANNOT_TELL: ("cannot tell", "star.py"),
}
KINDS = ("table", "markdown", "json", "junit", "sarif")


def both(answer: Answer | None) -> tuple[Any, Any]:
    """An upgrade that introduces a bug and a check that finds one, with that answer for the code."""
    touch = TOUCHES[answer] if answer else None
    upgrade = upgrades.comparison(replace(upgrades.finding(), touch=touch))
    check = checks.checked()
    return upgrade, replace(check, findings=tuple(replace(each, touch=touch) for each in check.findings))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", Answer)
def test_every_format_says_it_and_nothing_where_no_code_was_read(answer: Answer, kind: str) -> None:
    words = (answer.value,) if kind == "json" else SAID[answer]
    for number, module in enumerate((upgrades, checks)):
        text = module.written(kind, both(answer)[number])
        assert all(word in text for word in words), text
        assert "your code" not in module.written(kind, both(None)[number])


@pytest.mark.parametrize("answer", Answer)
def test_it_changes_no_exit_code(answer: Answer) -> None:
    for strict in (False, True):
        upgrade, check = both(answer)
        without = both(None)
        assert upgrade_exit(upgrade, strict=strict) is upgrade_exit(without[0], strict=strict)
        assert check_exit(check, strict=strict) is check_exit(without[1], strict=strict)


def locations(document: str) -> tuple[list[Any], list[Any]]:
    """The files and lines that a result points at, and those that it relates."""
    (result,) = json.loads(document)["runs"][0]["results"]
    places = [[each["physicalLocation"] for each in result.get(key, [])] for key in ("locations", "relatedLocations")]
    first, second = ([(at["artifactLocation"]["uri"], at["region"]["startLine"]) for at in each] for each in places)
    return first, second


def test_sarif_points_at_the_line_of_the_code_and_relates_what_was_pinned_or_looked_at() -> None:
    upgrade, check = both(Answer.USED)
    assert locations(sarif.write(upgrade, HERE)) == ([("app/main.py", 12)], [("uv.lock", 32)])
    looked_at = (".venv/starlette/__init__.py", 1)
    assert locations(check_sarif.write(check, HERE)) == ([("app/main.py", 12)], [looked_at])
    for answer in (Answer.NOT_SEEN, Answer.CANNOT_TELL, None):
        upgrade, check = both(answer)
        assert locations(sarif.write(upgrade, HERE)) == ([("uv.lock", 32)], [])
        assert locations(check_sarif.write(check, HERE)) == ([looked_at], [])


def test_sarif_fits_its_schema() -> None:
    for answer in Answer:
        upgrade, check = both(answer)
        for document in (sarif.write(upgrade, HERE), check_sarif.write(check, HERE)):
            validate(json.loads(document), "sarif-schema-2.1.0.json")


def test_annotations_stand_beside_the_line_of_the_code() -> None:
    upgrade, check = both(Answer.USED)
    for line in (github.annotations(upgrade, HERE), check_github.annotations(check, HERE)):
        assert " file=app/main.py,line=12," in line
    upgrade, check = both(Answer.CANNOT_TELL)
    assert " file=uv.lock,line=32," in github.annotations(upgrade, HERE)
    assert " file=.venv/starlette/__init__.py,line=1," in check_github.annotations(check, HERE)
