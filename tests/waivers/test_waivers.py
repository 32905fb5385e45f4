"""Waivers: a file of them is refused with everything that is wrong with it; a waived finding stays, marked."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from harness.support.errors import UserError
from harness.upgrade.comparison import Change, Finding
from harness.waivers.file import read_waivers, refuse_unused
from harness.waivers.waiver import Waiver, apply
from tests.support.upgrades import TODAY, bug, finding, waiver

CATALOGUE = (bug(7), bug(8), bug(9, aliases=("CVE-2026-0009",)))
FIRST, SECOND, _ = (case.name for case in CATALOGUE)
GOOD = f'[[waiver]]\ncase = "{FIRST}"\nreason = "not used"\nexpires = 2027-01-31\n'
FILE = Path("waivers.toml")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "waivers.toml"


def refusal_of(file: Path, text: str) -> list[str]:
    """What is said of a file with *text*, line by line, without its path."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_waivers(file, TODAY, CATALOGUE)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{file}: ") for line in lines)
    return [line.removeprefix(f"{file}: ") for line in lines]


def refusal_of_unused(findings: Sequence[Finding], waivers: Sequence[Waiver]) -> list[str]:
    with pytest.raises(UserError) as caught:
        refuse_unused(FILE, waivers, findings)
    return str(caught.value).splitlines()


def test_a_good_file_is_read_as_it_stands(file: Path) -> None:
    file.write_text(GOOD + GOOD.replace(FIRST, SECOND), encoding="utf-8")
    first, second = read_waivers(file, TODAY, CATALOGUE)
    assert first == Waiver(case=FIRST, reason="not used", expires=date(2027, 1, 31))
    assert second.case == SECOND


@pytest.mark.parametrize("word", ["session_lost_7", "7", "#7"])
def test_a_case_is_named_as_people_name_it(word: str, file: Path) -> None:
    file.write_text(GOOD.replace(FIRST, word), encoding="utf-8")
    (found,) = apply([finding(Change.INTRODUCED)], read_waivers(file, TODAY, CATALOGUE))
    assert found.waived is not None


def test_an_advisorys_identifier_names_its_case(file: Path) -> None:
    file.write_text(GOOD.replace(FIRST, "cve-2026-0009"), encoding="utf-8")
    found = apply([finding(Change.INTRODUCED, CATALOGUE[2]), finding()], read_waivers(file, TODAY, CATALOGUE))
    assert [each.waived is not None for each in found] == [True, False]


def test_a_file_from_which_the_last_waiver_was_removed_is_good(file: Path) -> None:
    file.write_text("# nothing is waived\n", encoding="utf-8")
    assert read_waivers(file, TODAY, CATALOGUE) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "waiver[0].case: missing; write the name of a case, its number"),
        (f'case = "{FIRST}"\nreason = "x"', "waiver[0].expires: missing; write a date without quotes"),
        (f'case = "{FIRST}"\nexpires = 2027-01-31', "waiver[0].reason: missing; write why the bug is accepted"),
        (GOOD[11:] + "until = 1", "waiver[0].until: unknown key; the keys here are case, reason, expires"),
        (GOOD[11:].replace("2027-01-31", '"2027-01-31"'), "waiver[0].expires: '2027-01-31' is not a date; write one"),
        (GOOD[11:].replace("2027-01-31", "2027-01-31T00:00:00Z"), "waiver[0].expires: datetime.datetime(2027, 1, 31"),
        (GOOD[11:].replace('"not used"', "7"), "waiver[0].reason: 7 is not a string; write why the bug is accepted"),
        (GOOD[11:].replace("not used", " "), "waiver[0].reason: it is empty; write a sentence"),
        (GOOD[11:].replace(FIRST, "nope_7"), "waiver[0].case: no case is called 'nope_7'; cases/README.md lists them"),
        (GOOD[11:] + GOOD, f"waiver[1].case: {FIRST} is waived by waiver[0] already; waive each case once"),
    ],
)
def test_what_is_wrong_with_a_waiver_is_named_by_its_key(text: str, said: str, file: Path) -> None:
    assert refusal_of(file, f"[[waiver]]\n{text}")[0].startswith(said)


def test_a_table_that_is_no_waiver_is_refused(file: Path) -> None:
    wrong = "waiver: 7 is not a list; write one or more tables [[waiver]]"
    assert refusal_of(file, "waiver = 7") == [wrong]
    unknown = "waivers: unknown key; the keys here are waiver"
    assert refusal_of(file, "waiver = 7\nwaivers = 8") == [wrong, unknown]


def test_all_that_is_wrong_with_a_file_is_shown_together(file: Path) -> None:
    second, third = GOOD.replace("not used", ""), GOOD.replace(FIRST, "nope_7").replace("expires", "expired")
    lines = refusal_of(file, f"{GOOD}{second}{third}{GOOD}")
    assert {line.split(": ")[0] for line in lines} == {
        *("waiver[1].reason", "waiver[1].case", "waiver[2].expired", "waiver[2].expires", "waiver[2].case"),
        "waiver[3].case",
    }


@pytest.mark.parametrize("kind", ["a folder", "no TOML", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_one_message(kind: str, file: Path) -> None:
    match kind:
        case "a folder":
            file.mkdir()
        case "no TOML":
            file.write_text("[[waiver]\n", encoding="utf-8")
        case "not UTF-8":
            file.write_bytes(b"# \xff\n")
    with pytest.raises(UserError) as caught:
        read_waivers(file, TODAY, CATALOGUE)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{file}: this is not a TOML file: ")
    assert "Errno" not in line
    assert line.endswith("; write one with [[waiver]] tables of case, reason and expires")


def test_a_file_that_is_not_there_is_one_message(file: Path) -> None:
    with pytest.raises(UserError, match=r"^--waivers .*waivers\.toml: there is no such file; name one with"):
        read_waivers(file, TODAY, CATALOGUE)


@pytest.mark.parametrize("change", list(Change))
def test_only_a_bug_that_is_there_is_waived(change: Change) -> None:
    there = finding(Change.STILL_PRESENT)
    found, _ = apply([finding(change), there], [waiver()])
    assert (found.waiver is not None) == (change in (Change.INTRODUCED, Change.STILL_PRESENT))


def test_the_findings_about_other_cases_stay_as_they_are() -> None:
    mine, other = apply([finding(), finding(subject=bug(8))], [waiver()])
    assert (mine.waiver, other) == (waiver(), finding(subject=bug(8)))


def test_a_waiver_holds_on_its_last_day_and_not_on_the_next(file: Path) -> None:
    file.write_text(GOOD.replace("2027-01-31", f"{TODAY}"), encoding="utf-8")
    assert len(read_waivers(file, TODAY, CATALOGUE)) == 1
    (line,) = refusal_of(file, GOOD.replace("2027-01-31", "2026-11-20"))
    assert line.startswith("waiver[0].expires: 2026-11-20 is over, today is 2026-11-21; remove")


def test_a_waiver_that_waives_nothing_is_refused_with_the_others() -> None:
    found = [finding(Change.FIXED), finding(Change.NEVER_PRESENT, bug(8)), finding(Change.FIXED, bug(8))]
    lines = refusal_of_unused(found, [waiver(), waiver("session_lost_8")])
    assert [line.split(": ")[1] for line in lines] == ["waiver[0].case", "waiver[1].case"]
    assert lines[1].endswith("session_lost_8 is not there; remove the waiver")


def test_a_waiver_may_yet_be_needed_where_its_case_could_not_be_told_or_was_not_run() -> None:
    (untold,) = apply([finding(Change.UNTOLD)], [waiver(), waiver("session_lost_8")])
    assert untold.waiver is None
