"""Outputs that cannot be written, or are no regular files: told before the run where it can be known, none lost."""

import json
import os
from pathlib import Path

import pytest

from harness.runs.record import read_record
from harness.support.exits import Exit
from tests.support.faults import Take, Yard, one_line, right, told

HAS_IT = "has 1 bug (#1)"
TOO_LONG = "x" * 300


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/proc/x", "nothing can be written in /proc"),
        ("/proc/self/status", "nothing can be written in /proc/"),
        (TOO_LONG, "File name too long"),
        (".", "this is a folder"),
        ("nowhere/record.jsonl", "there is no folder"),
        ("loop", "symbolic links"),
    ],
    ids=["proc", "status", "too long", "folder", "no folder", "loop"],
)
def test_the_record_names(yard: Yard, tmp_path: Path, path: str, words: str, seen: Take) -> None:
    (tmp_path / "loop").symlink_to("loop")
    ended = yard.check("--record", tmp_path / path)
    seen(one_line(ended, Exit.WRONG_USE, "--record", words).replace(TOO_LONG, "x..."))
    assert ended.stdout == ""


def test_the_record_names_a_full_device(yard: Yard, seen: Take) -> None:
    ended = yard.check("--record", "/dev/full")
    seen(one_line(ended, Exit.WRONG_USE, "/dev/full: it cannot be written: No space left on device"))
    assert HAS_IT in ended.stdout


def test_the_record_names_a_device(yard: Yard, seen: Take) -> None:
    seen(right(yard.check("--record", "/dev/null"), Exit.DIFFERS, HAS_IT))
    assert Path("/dev/null").is_char_device()


def test_the_record_names_a_link(yard: Yard, tmp_path: Path, seen: Take) -> None:
    (tmp_path / "link").symlink_to("record.jsonl")
    seen(right(yard.check("--record", tmp_path / "link"), Exit.DIFFERS, HAS_IT))
    assert (tmp_path / "link").is_symlink()
    assert len(read_record(tmp_path / "record.jsonl")) == 1


def test_the_record_names_a_fifo_that_nobody_reads(yard: Yard, tmp_path: Path, seen: Take) -> None:
    os.mkfifo(tmp_path / "fifo")
    ended = yard.check("--record", tmp_path / "fifo")
    seen(one_line(ended, Exit.WRONG_USE, "fifo: it cannot be written"))
    assert HAS_IT in ended.stdout


@pytest.mark.parametrize(
    "script", ["check --record /dev/stdout > out", "check --record out > out", "check --record /dev/fd/3 3> out"]
)
def test_the_record_names_what_is_open(yard: Yard, tmp_path: Path, script: str, seen: Take) -> None:
    ended = yard.shell(f'cd "$1" && PYTHONPATH="$OLDPWD"\nexport PYTHONPATH\n{script}', tmp_path)
    assert (ended.code, told(ended)) == (Exit.DIFFERS, [])
    text = (tmp_path / "out").read_text(encoding="utf-8") + ended.stdout
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert ("record" in lines[0], lines[-1]["footer"], HAS_IT in text) == (True, True, True)
    seen("both what is shown and the record are there (exit 1)")


def test_the_step_summary_lies_in_no_folder(yard: Yard, seen: Take) -> None:
    ended = yard.upgrade(GITHUB_STEP_SUMMARY="/nowhere/summary", GITHUB_ACTIONS="true")
    seen(one_line(ended, Exit.WRONG_USE, "GITHUB_STEP_SUMMARY /nowhere/summary: there is no folder /nowhere"))


def test_the_step_summary_is_full(yard: Yard, seen: Take) -> None:
    ended = yard.upgrade(GITHUB_STEP_SUMMARY="/dev/full")
    seen(one_line(ended, Exit.WRONG_USE, "/dev/full: it cannot be written: No space left on device"))
    assert "fixes #2 and #1" in ended.stdout


def test_output_is_full(yard: Yard, seen: Take) -> None:
    ended = yard.upgrade("--format", "json", "--output", "/dev/full")
    seen(one_line(ended, Exit.WRONG_USE, "/dev/full: it cannot be written"))
    assert json.loads(ended.stdout)["exit"] == Exit.AS_EXPECTED


@pytest.mark.parametrize(
    "command",
    [
        "check",
        '"$python" -m harness upgrade --from starlette==1.0 --to starlette==1.1 --format json',
        """"$python" -m nox -s 'cases(greeting_1-broken)'""",
    ],
    ids=["check", "upgrade", "cases"],
)
def test_standard_output_is_full(yard: Yard, command: str, seen: Take) -> None:
    ended = yard.shell(f"{command} > /dev/full")
    seen(one_line(ended, Exit.WRONG_USE, "standard output cannot be written: No space left on device"))


def test_standard_error_is_full(yard: Yard, seen: Take) -> None:
    seen(right(yard.shell("check 2> /dev/full"), Exit.DIFFERS, HAS_IT))


def test_nobody_reads_standard_output(yard: Yard, seen: Take) -> None:
    ended = yard.shell("set -o pipefail; check --record /dev/null | true")
    seen(right(ended, Exit.DIFFERS))


@pytest.mark.parametrize("closed", ["1>&-", "0<&- 1>&- 2>&-"])
def test_standard_streams_are_closed(yard: Yard, tmp_path: Path, closed: str, seen: Take) -> None:
    record = tmp_path / "record.jsonl"
    seen(right(yard.shell(f'check --record "$1" {closed}', record), Exit.DIFFERS))
    assert [str(row.verdict) for row in read_record(record)] == ["affected"]


@pytest.mark.parametrize("command", ["cases", "mutants", "sweep"])
def test_reports_is_a_file(tmp_path: Path, command: str, seen: Take) -> None:
    yard = Yard.lay_out(tmp_path)
    (yard.project.root / "reports").touch()
    ended = yard.nox("-s", command)
    seen(one_line(ended, Exit.WRONG_USE, f"reports/{command}.jsonl: it cannot be written: Not a directory"))
    assert not yard.cache.exists()
