"""Words of others that steer a terminal, a log or a page: shown as they are, printable, wherever they are shown."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from harness.evidence.tables import BEGIN, END
from harness.support.exits import Exit
from tests.support.faults import Take, Yard, one_line
from tests.support.projects import GREETING, MiniatureCase

# What the lines of a report show of it.
SHOWN = r"nobody\x1b]0;owned\x07\x1b[31m \u202e"
SYMPTOM = '[[symptom]]\nraises = "AssertionError"\nraised_in = "starlette/greeting.py"\nmatches = "^nobody"\n'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """A project whose bug shows itself with hostile words, and is found at once."""
    case = MiniatureCase("greeting_1", (("1.0", "1.1"),), {**GREETING, "symptom": SYMPTOM})
    return Yard.lay_out(tmp_path_factory.mktemp("injection"), "says_hostile_things", [case])


def steering(text: str) -> set[str]:
    """The characters in *text* that a terminal or a page does not show as they are."""
    return {each for each in text if not each.isprintable()} - {"\n", "\t"}


def harmless(text: str) -> bool:
    """Whether neither a terminal nor a continuous integration finds anything to obey."""
    strange = steering(text)
    obeyed = [line for line in text.splitlines() if re.match(r"\s*::\w.*::", line) or re.search(r"##\w*\[", line)]
    assert (strange, obeyed) == (set(), [])
    return True


def test_in_a_message_shown_by_cases(hostile: Yard, seen: Take) -> None:
    ended = hostile.command("cases")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert harmless(ended.stdout)
    assert SHOWN in ended.stdout
    xml = (hostile.project.root / "reports" / "cases.xml").read_text(encoding="utf-8")
    assert harmless(xml)
    ElementTree.fromstring(xml)
    seen("printable, and so is the JUnit file")


@pytest.mark.parametrize("command", [["check", "--all", "--python"], ["bisect", "greeting_1"], ["sweep"], ["mutants"]])
def test_in_a_message_shown_by(hostile: Yard, command: list[str], seen: Take) -> None:
    ended = hostile.command(*command, *([str(hostile.python)] if "check" in command else []))
    assert "Traceback" not in ended.said
    assert harmless(ended.said)
    assert SHOWN in ended.said or command[0] in ("sweep", "mutants")
    seen(f"printable (exit {ended.code})")


@pytest.mark.parametrize("kind", ["table", "markdown", "json", "junit", "sarif"])
def test_in_a_message_shown_by_upgrade_as(hostile: Yard, tmp_path: Path, kind: str, seen: Take) -> None:
    summary = tmp_path / "summary"
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    ended = hostile.upgrade("--format", kind, **variables)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    report = "".join(f"{line}\n" for line in ended.stdout.splitlines() if not _is_fence(line))
    assert harmless(report)
    assert harmless(summary.read_text(encoding="utf-8"))
    annotations = [line for line in ended.stderr.splitlines() if line.startswith("::")]
    assert len(annotations) == 1
    assert harmless("\n".join([*annotations[0].split("::", 2)[2:], *set(ended.stderr.splitlines()) - set(annotations)]))
    if kind in ("json", "sarif"):
        json.loads(report)
    if kind == "junit":
        ElementTree.fromstring(report)
    seen("printable, and so are the step summary and the one annotation")


def _is_fence(line: str) -> bool:
    return re.fullmatch(r"::stop-commands::[0-9a-f]+|::[0-9a-f]{64}::", line) is not None


def test_in_a_message_that_comes_into_pages(hostile: Yard, seen: Take) -> None:
    hostile.command("sweep")
    (hostile.project.root / "README.md").write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    ended = hostile.command("report")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    root = hostile.project.root
    pages = [*root.glob("cases/*/README.md"), *root.glob("evidence/**/*.json"), *root.glob("reports/site/**/*.html")]
    assert len(pages) >= 5
    for page in pages:
        assert steering(page.read_text(encoding="utf-8")) == set(), page
    html = "".join(page.read_text(encoding="utf-8") for page in pages if page.suffix == ".html")
    assert "<script>alert" not in html
    assert "[/red]" in html
    verified = hostile.command("report", "--verify")
    assert harmless(verified.said)
    seen(f"printable in {len(pages)} files: pages, OSV entries, evidence, the site")


LOCKS = {
    "a name": ("requirements.txt", "starlette==1.0\nx##[error]y==1.0\n"),
    "a line": ("requirements.txt", "starlette==1.0\n\x1b]0;owned\x07\u202e==\n"),
    "a version": ("requirements.txt", "starlette==1.0\x1b[31m\n"),
    "a key": ("uv.lock", 'version = 1\n[[package]]\nname = "star\\u001b]0;x"\nversion = "::error::"\nsource = 1\n'),
    "its own name": ("x##[error]y\u202e.txt", "::error::owned\n"),
}


@pytest.mark.parametrize("lock", LOCKS)
def test_in_a_lock(hostile: Yard, tmp_path: Path, lock: str, seen: Take) -> None:
    name, text = LOCKS[lock]
    (tmp_path / name).write_text(text, encoding="utf-8")
    ended = hostile.command("upgrade", "--from", tmp_path / name, "--to", "starlette==1.1")
    assert ended.code in (Exit.AS_EXPECTED, Exit.WRONG_USE), ended.said
    assert "Traceback" not in ended.said
    assert harmless(ended.said)
    seen(f"exit {ended.code}: {[*ended.stderr.splitlines(), *ended.stdout.splitlines()][-1]}")


WAIVERS = {
    "a reason": 'case = "1"\nreason = "no \\u202e sessions \\u001b]0;x"\nexpires = 2999-01-01\n',
    "a case": 'case = "x##[error]y\\u001b[31m"\nreason = "no"\nexpires = 2999-01-01\n',
    "a key": '"::error::x\\u001b" = 1\ncase = "1"\nreason = "no"\nexpires = 2999-01-01\n',
}


@pytest.mark.parametrize("waiver", WAIVERS)
def test_in_waivers(hostile: Yard, tmp_path: Path, waiver: str, seen: Take) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(f"[[waiver]]\n{WAIVERS[waiver]}", encoding="utf-8")
    ended = hostile.upgrade("--waivers", file)
    seen(one_line(ended, Exit.WRONG_USE, "waivers.toml: waiver[0]"))
    assert harmless(ended.stderr)


CASE_FILES = {
    "a title": ('title = "miniature"', 'title = "mini \\u202e \\u001b]0;x"'),
    "a key": ('title = "miniature"', 'title = "miniature"\n"x##[error]\\u001b" = 1'),
    "an exception": ('raises = "AssertionError"', 'raises = "::error::\\u001b"'),
}


@pytest.mark.parametrize("part", CASE_FILES)
def test_in_a_case_file(hostile: Yard, part: str, seen: Take) -> None:
    file = "cases/greeting_1/case.toml"
    old, new = CASE_FILES[part]
    hostile.project.replace(file, old, new)
    try:
        ended = hostile.command("cases")
    finally:
        hostile.project.replace(file, new, old)
    seen(one_line(ended, Exit.WRONG_USE, file))
    assert harmless(ended.stderr)


def test_in_the_metadata_of_an_environment(hostile: Yard, seen: Take) -> None:
    (metadata,) = hostile.python.parent.parent.glob("lib/*/site-packages/starlette-1.0.dist-info/METADATA")
    text = metadata.read_text(encoding="utf-8")
    metadata.write_text(text.replace("Version: 1.0", "Version: 1.0\x1b]0;owned\x07[red]"), encoding="utf-8")
    try:
        ended = hostile.command("check", "--python", hostile.python, "--all")
    finally:
        metadata.write_text(text, encoding="utf-8")
    seen(one_line(ended, Exit.WRONG_USE, "install Starlette again"))
    assert harmless(ended.said)
