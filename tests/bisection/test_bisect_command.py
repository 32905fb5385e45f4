"""The command that bisects: scripts, defaults, and every mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from harness.bisection.script import Script, Wish, read_script
from harness.catalogue.case import Check, Needs
from harness.commands import bisect, main
from harness.environments.target import NOTHING, Target, Wanted
from harness.judgement.observation import Observation, Outcome, Raised
from harness.judgement.vocabulary import Verdict
from harness.runs.record import read_record
from harness.support.errors import UserError
from harness.support.exits import Exit, GitExit
from tests.support.bisections import BAD, INDEX, WORLD, bisected
from tests.support.factories import boundary, broken_off, case, completed, exception, missing, raised
from tests.support.machines import Machine, MadeUp, plug_in


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return plug_in(Machine(BAD), monkeypatch)


def script(tmp_path: Path, matches: str = "") -> Script:
    file = tmp_path / "my bug.py"
    file.write_text("import starlette\n", encoding="utf-8")
    return read_script(Wish(file, matches=matches))


def test_a_script_looks_for_what_it_raises_on_the_bad_release_and_for_nothing_else(
    machine: Machine, tmp_path: Path
) -> None:
    machine.endings["0.5.0"] = [raised(exception(file="venv/lib/site-packages/starlette/websockets.py"))]
    machine.endings["0.4.0"] = [raised(exception(type="TypeError"))]
    machine.endings["0.6.0"] = [broken_off(Outcome.TIMED_OUT, completed().engine)]
    code, lines = bisected("0.1.0", "0.9.0", script(tmp_path))
    assert code is Exit.AS_EXPECTED
    shown = "AssertionError: no session here (starlette/requests.py:31)"
    assert lines[0] == f"Looking for AssertionError from starlette/requests.py: {shown}"
    told = {line.split()[0]: line.split()[2] for line in lines if line.endswith("to go)")}
    skipped = {told.get(version) for version in ("0.4.0", "0.5.0", "0.6.0")} - {None}
    assert skipped == {"inconclusive"}
    assert "period: 0.2.0 is the last affected, 0.3.0 the first that is not" in lines


def test_a_release_without_the_name_under_test_is_good_to_a_case_and_tells_a_script_nothing(
    machine: Machine, tmp_path: Path
) -> None:
    subject = case(directory=tmp_path)
    absent = raised(missing("starlette.sessions", str(tmp_path / "repro.py")))
    machine.endings["0.9.0"] = [absent, absent]
    assert bisected("0.1.0", "0.9.0", subject)[0] is Exit.AS_EXPECTED
    code, lines = bisected("0.1.0", "0.9.0", script(tmp_path))
    assert code is Exit.NOT_OBSERVED
    assert lines[-1] == "0.9.0 was taken for good, which cannot be told; name another end"


@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        (completed(), Exit.DIFFERS, "0.1.0 was taken for bad, and it is good"),
        (broken_off(Outcome.EXITED, completed().engine), Exit.NOT_OBSERVED, "0.1.0 was taken for bad, which cannot"),
        (raised(imported_file=None), Exit.NOT_OBSERVED, "0.1.0 was taken for bad, which cannot be told"),
    ],
)
def test_a_script_that_does_not_raise_on_the_bad_release_is_told(
    machine: Machine, tmp_path: Path, ending: Observation, code: Exit, said: str
) -> None:
    machine.endings["0.1.0"] = [ending, ending]
    found, lines = bisected("0.1.0", "0.9.0", script(tmp_path))
    assert found is code
    assert lines[-1].startswith(said)


def test_a_script_is_skipped_where_its_packages_cannot_be_installed(machine: Machine, tmp_path: Path) -> None:
    code, lines = bisected("0.1.0", "0.9.0", script(tmp_path), missing=["0.1.0"])
    assert code is Exit.NOT_OBSERVED
    assert lines[0] == "0.1.0 period: unavailable — not_installable: nothing fits"


@pytest.mark.parametrize(
    ("error", "matches", "said"),
    [
        (exception(), "another", r"--matches another: what the script raises is AssertionError: no session"),
    ],
)
def test_an_exception_that_cannot_be_looked_for_is_refused(
    machine: Machine, tmp_path: Path, error: Raised, matches: str, said: str
) -> None:
    machine.endings["0.1.0"] = [raised(error)]
    with pytest.raises(UserError, match=said):
        bisected("0.1.0", "0.9.0", script(tmp_path, matches))


@dataclass
class Project:
    """The command's surroundings: a checkout with one case, environments out of nothing, and a folder to be in."""

    folder: Path
    workspace: MadeUp

    @property
    def record(self) -> Path:
        return self.folder / "reports" / "bisect.jsonl"

    @property
    def asked(self) -> list[Target]:
        return self.workspace.stub.asked


CASE = case(environment=Needs(requires=("itsdangerous",), drivers=("httpx",)))


@pytest.fixture
def project(machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Project:
    found = Project(tmp_path, MadeUp(INDEX, WORLD.profiles, (CASE,), tmp_path / "locks", tmp_path / "cache"))
    monkeypatch.setattr(bisect, "open_workspace", lambda: found.workspace)
    monkeypatch.setattr(bisect, "REPORTS", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bug.py").write_text("import starlette.testclient\n", encoding="utf-8")
    (tmp_path / "typo.py").write_text("import (\n", encoding="utf-8")
    return found


def test_a_case_alone_is_searched_from_its_last_boundary_to_the_newest_release(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bisect", "session_lost_7"]) == Exit.AS_EXPECTED
    assert "0.2.0 is the last affected" in capsys.readouterr().out
    rows = read_record(project.record)
    assert [each.release for each in rows[:2]] == ["0.2.0", "0.9.0"]
    assert {each.release for each in rows if each.verdict is Verdict.AFFECTED} == {"0.2.0"}
    assert {each.check for each in rows} == {Check.REPRO}


def test_a_case_of_several_boundaries_is_searched_from_the_last(
    project: Project, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    again = case(boundaries=(boundary(), boundary(broken="0.6.0", fixed="0.7.0")))
    project.workspace = replace(project.workspace, cases=(again,))
    machine.affected = {"0.6.0"}
    assert main(["bisect", "session_lost_7"]) == Exit.AS_EXPECTED
    assert "0.6.0 is the last affected" in capsys.readouterr().out


def test_a_script_gets_its_packages_what_releases_declare_and_the_profile(project: Project) -> None:
    assert main(["bisect", *SCRIPT, "--requires", "anyio", "--profile", "today"]) == Exit.AS_EXPECTED
    assert {each.profile.name for each in project.asked} == {"today"}
    assert {(each.layer, each.drivers) for each in project.asked} == {
        (Wanted.of(["anyio"], ["httpx", "requests"]), NOTHING)
    }


def test_a_number_that_two_cases_share_is_refused_with_their_names(
    project: Project, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    project.workspace = replace(project.workspace, cases=(CASE, case("header_lost_7")))
    assert main(["bisect", "7"]) == Exit.WRONG_USE
    assert capsys.readouterr().err == "CASE 7: this names session_lost_7, header_lost_7; name one of them\n"
    assert not machine.ran


def test_a_search_that_was_broken_off_leaves_no_record_of_an_earlier_one(project: Project) -> None:
    assert main(["bisect", *SCRIPT]) == Exit.AS_EXPECTED
    assert main(["bisect", *SCRIPT, "--matches", "another"]) == Exit.WRONG_USE
    with pytest.raises(UserError, match="no footer"):
        read_record(project.record)


def test_a_relative_script_is_found_and_its_rows_are_about_no_issue(project: Project) -> None:
    assert main(["bisect", "--script", "bug.py", "--bad", "0.1", "--good", "0.9.0"]) == Exit.AS_EXPECTED
    rows = read_record(project.record)
    assert {(each.case, each.issue, each.label, each.discriminates) for each in rows} == {("bug", None, "bug.py", True)}


def test_strange_characters_are_shown_and_steer_nothing(
    project: Project, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.endings["0.9.0"] = [raised(exception(type="OSError", message="\x1b[31m \udc80"))]
    assert main(["bisect", "session_lost_7"]) == Exit.NOT_OBSERVED
    assert r"OSError: \x1b[31m \udc80" in capsys.readouterr().out


SCRIPT = ["--script", "bug.py", "--bad", "0.1.0", "--good", "0.9.0"]
ENDS = ["--bad", "0.1.0", "--good", "0.9.0"]
MISTAKES: Mapping[str, Sequence[str]] = {
    "--hangs does not go with --warns": [*SCRIPT, "--hangs", "--warns", "Warning"],
    "--matches does not go with --hangs, which has no message": [*SCRIPT, "--hangs", "--matches", "x"],
    "--override does not go with CASE": ["session_lost_7", "--override"],
    "--good does not go with --script": [*SCRIPT, "--both"],
    r"--typing nowhere\.py: there is no such file": ["--typing", "nowhere.py", *ENDS],
    "--typing needs --good V": ["--typing", "bug.py", "--bad", "0.1.0", "--both"],
    "neither CASE nor --script was given; give one of them": [],
    "CASE and --script were both given; give one of them": ["session_lost_7", *SCRIPT],
    "CASE session_found_8: no case is called so; .*cases/README.md lists them": ["session_found_8"],
    "--profile today: session_lost_7 states no boundary under it": ["session_lost_7", "--profile", "today"],
    r"--good 0\.3\.9: it is not on the index": ["session_lost_7", "--good", "0.3.9"],
    "--bad old: 'old' is not a version": ["session_lost_7", "--bad", "old"],
    r"--bad 0\.2\.0: it is --good, too": ["session_lost_7", "--good", "0.2"],
    "--find does not go with CASE": ["session_lost_7", "--find", "fix"],
    "--matches does not go with CASE": ["session_lost_7", "--matches", "x"],
    r"--script nowhere\.py: there is no such file": ["--script", "nowhere.py", *ENDS],
    r"--script \.: this is a folder": ["--script", ".", *ENDS],
    r"--script typo\.py: this is no Python program": ["--script", "typo.py", *ENDS],
    "--script needs --bad V": ["--script", "bug.py", "--good", "0.9.0"],
    "--script needs --good V": ["--script", "bug.py", "--bad", "0.1.0"],
    r"--requires\[1\]: 'a b' is not a requirement": [*SCRIPT, "--requires", "anyio", "--requires", "a b"],
    "--requires starlette: that is what is bisected": [*SCRIPT, "--requires", "Starlette[full]"],
    r"--matches: '\(' is not a regular expression": [*SCRIPT, "--matches", "("],
}


@pytest.mark.parametrize(("said", "arguments"), MISTAKES.items())
def test_a_mistake_is_named_and_nothing_runs(
    project: Project, machine: Machine, said: str, arguments: Sequence[str]
) -> None:
    with pytest.raises(UserError, match=said):
        bisect.main(arguments)
    assert not machine.ran
    assert not project.record.parent.exists()


CHECKOUT_MISTAKES: Mapping[str, Sequence[str]] = {
    "neither CASE nor --script": ["--checkout", "."],
    "CASE nope: no case is called so": ["nope", "--checkout", "."],
    "--good does not go with --checkout": ["session_lost_7", "--checkout", ".", "--good", "0.9.0"],
    "--script needs --bad V": ["--script", "bug.py", "--checkout=."],
    "--both does not go with --checkout": ["--script", "bug.py", "--bad", "0.9.0", "--both", "--checkout", "."],
    "there is no starlette/__init__.py": ["session_lost_7", "--checkout", "."],
    "unrecognized arguments: --check": ["session_lost_7", "--check", "."],
    "unrecognized arguments: --fnd": ["session_lost_7", "--checkout", ".", "--fnd", "fix"],
    "expected one argument": ["session_lost_7", "--checkout"],
    "RuntimeError: the machine is on fire": ["session_lost_7", "--checkout", "burning"],
}


@pytest.mark.parametrize(("said", "arguments"), CHECKOUT_MISTAKES.items())
def test_no_mistake_looks_to_git_like_an_answer(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    said: str,
    arguments: Sequence[str],
) -> None:
    if "burning" in arguments:
        monkeypatch.setattr(bisect, "read_checkout", _burn)
    assert main(["bisect", *arguments]) == GitExit.STOP
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--python", "three", "is no version of CPython; write one such as 3.12"),
        ("--seconds", "0", "write one such as 10"),
    ],
)
def test_a_value_that_cannot_be_read_is_wrong_use(
    project: Project, capsys: pytest.CaptureFixture[str], option: str, value: str, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        bisect.main([*SCRIPT, option, value])
    assert ended.value.code == Exit.WRONG_USE
    assert said in capsys.readouterr().err


def test_both_sides_are_searched_by_the_command(
    project: Project, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.affected = {"0.4.0", "0.5.0", "0.5.1"}
    assert main(["bisect", "--script", "bug.py", "--bad", "0.4.0", "--both"]) == Exit.AS_EXPECTED
    said = capsys.readouterr().out
    assert "0.3.0 is the last that is not affected, 0.4.0 the first affected" in said
    assert "0.5.1 (yanked) is the last affected, 0.6.0 the first that is not" in said
    machine.affected = {"0.9.0"}
    assert main(["bisect", "--script", "bug.py", "--bad", "0.9.0", "--both"]) == Exit.AS_EXPECTED
    assert "0.9.0 is the last one on this side" in capsys.readouterr().out


def _burn(_folder: Path) -> None:
    raise RuntimeError("the machine is on fire")
