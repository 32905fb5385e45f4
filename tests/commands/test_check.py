"""`python -m harness check`: an environment that somebody has is looked at, and stays as it is."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.check.formats import FORMATS, IGNORES
from harness.evidence.document import dump
from harness.runs.record import read_record
from harness.support.exits import Exit
from tests.support.checks import measured
from tests.support.environments import fingerprint, make_environment, site_packages
from tests.support.miniatures import starlette_files, write_starlette, write_wheel
from tests.support.openvex import refuse_invalid
from tests.support.projects import FAREWELL, GREETING, TOUCHING, Ended, MiniatureCase, Project, lay_out
from tests.support.sources import lay_sources

BOUNDARY = (("1.0", "1.1"),)
HELPED = {
    **GREETING,
    "repro.py": GREETING["repro.py"].replace("from starlette", "import tiny_helper\nfrom starlette", 1),
}
CASES = (
    MiniatureCase("farewell_2", BOUNDARY, FAREWELL),
    MiniatureCase("greeting_1", BOUNDARY, TOUCHING),
    MiniatureCase("helped_3", BOUNDARY, HELPED, needs='requires = ["tiny-helper"]'),
)
CHANGED = MiniatureCase("greeting_4", BOUNDARY, GREETING, kind="behaviour", more='aliases = ["CVE-2026-0004"]\n')


@dataclass(frozen=True, slots=True)
class Yard:
    """A project, and environments of somebody else's that are made once each."""

    project: Project
    folder: Path
    made: dict[str, Path] = field(default_factory=dict)

    def environment(self, miniature: str, version: str = "1.0") -> Path:
        """The interpreter of an environment that has *miniature*."""
        name = f"{miniature} {version}"
        if name not in self.made:
            wheel = write_starlette(self.folder / name, miniature, version)
            self.made[name] = make_environment(self.folder / name / "venv", [wheel])
        return self.made[name]

    def check(self, *arguments: str | Path, folder: Path | None = None) -> Ended:
        return self.project.python("-m", "harness", "check", *arguments, folder=folder)


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    folder = tmp_path_factory.mktemp("check")
    return Yard(lay_out(folder, {"1.0": "has_bug", "1.1": "fixed"}, CASES), folder / "somebody else's")


@pytest.fixture(scope="module")
def published(yard: Yard, tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """A project about one deliberate change, of which there is an advisory and which was measured."""
    project = lay_out(tmp_path_factory.mktemp("published"), {"1.0": "has_bug", "1.1": "fixed"}, [CHANGED])
    known = measured(("1.0", "1.0"), releases=("1.0", "1.1"))
    (project.root / "evidence" / "greeting_4.json").write_text(dump(known), encoding="utf-8")
    return Yard(project, yard.folder, yard.made)


@pytest.mark.parametrize(
    ("miniature", "case", "code", "words"),
    [
        ("has_bug", "greeting_1", Exit.DIFFERS, "nobody is greeted"),
        ("has_bug", "farewell_2", Exit.DIFFERS, "assignment"),
        ("fixed", "greeting_1", Exit.AS_EXPECTED, "unaffected"),
        ("fixed", "helped_3", Exit.AS_EXPECTED, "tiny-helper is not installed"),
        ("lacks_the_module", "greeting_1", Exit.AS_EXPECTED, "starlette.greeting"),
        ("untyped", "farewell_2", Exit.AS_EXPECTED, "no_types"),
        ("raises_elsewhere", "greeting_1", Exit.NOT_OBSERVED, "other_exception"),
        ("lies_about_its_version", "greeting_1", Exit.NOT_OBSERVED, "wrong_starlette"),
    ],
)
def test_the_exit_code_says_whether_the_bug_is_there(
    yard: Yard, miniature: str, case: str, code: Exit, words: str
) -> None:
    ended = yard.check("--python", yard.environment(miniature), "--case", case, "--all")
    assert ended.code == code, ended.said
    assert words in ended.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from starlette.greeting import greet\n\ngreet()\n", "your code: used at {}/main.py:3 and 1 more line"),
        (
            "from starlette.greeting import *\n",
            "cannot tell: from starlette.greeting import *, {}/main.py:1",
        ),
        ("from starlette.farewell import Farewell\n", "your code: not seen"),
    ],
)
def test_it_says_where_the_code_uses_what_a_bug_is_about_and_nothing_else_changes(
    yard: Yard, text: str, words: str, tmp_path: Path
) -> None:
    code = lay_sources(tmp_path / "our code", {"main.py": text})
    asked = ("--python", yard.environment("has_bug"), "--case", "greeting_1,farewell_2")
    without = yard.check(*asked)
    ended = yard.check(*asked, "--source", code)
    assert ended.code == without.code == Exit.DIFFERS, ended.said
    # The table breaks lines where it must.
    assert "".join(words.format(code).split()) in "".join(ended.stdout.split())
    assert "your code: cannot tell: a miniature" in ended.stdout
    assert f"--source {code}: 1 Python file read\n" in ended.stderr
    # What the code uses comes first: the same is said, in another order.
    assert Counter(re.findall(r"\w+", without.stdout)) <= Counter(re.findall(r"\w+", ended.stdout))


def test_a_folder_of_code_that_is_none_is_refused_before_anything_runs(yard: Yard, tmp_path: Path) -> None:
    ended = yard.check("--python", yard.environment("fixed"), "--source", tmp_path / "code")
    assert (ended.code, ended.stdout) == (Exit.WRONG_USE, "")
    assert ended.stderr == f"--source {tmp_path}/code: there is no such folder; name one that holds your Python files\n"


def test_what_is_not_there_is_shown_only_if_it_is_asked_for(yard: Yard) -> None:
    interpreter = yard.environment("fixed")
    ended = yard.check("--python", interpreter)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    said = f"Starlette 1.0, as installed in {interpreter}, has none of the 3 bugs that could be told."
    assert ended.stdout == f"\n{said}\n"


def test_what_is_there_comes_first_with_the_page_that_says_what_to_do(yard: Yard, tmp_path: Path) -> None:
    code = {"PYTHONPATH": str(yard.project.root)}
    for folder in (yard.project.root, tmp_path):
        options = ("-m", "harness", "check", "--python", yard.environment("has_bug"))
        ended = yard.project.python(*options, folder=folder, more=code)
        assert " has 2 bugs (#2 and #1), of 3 that were looked for.\n" in ended.stdout
        pages = [line.strip() for line in ended.stdout.splitlines() if line.endswith("README.md")]
        assert len(pages) == 2
        assert all((folder / page).is_file() for page in pages)


def test_what_could_not_be_told_is_counted_for_nothing(yard: Yard) -> None:
    ended = yard.check("--python", yard.environment("raises_elsewhere"), "--case", "1", "--case", "2")
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    assert " does not have #2. Whether it has #1 could not be told." in ended.stdout
    ended = yard.check("--python", yard.environment("raises_elsewhere"), "--case", "1")
    assert " has #1 could not be told.\n" in ended.stdout


@pytest.mark.parametrize("kind", [each for each in FORMATS if each not in IGNORES])
def test_every_format_is_written_to_a_file(published: Yard, tmp_path: Path, kind: str) -> None:
    output = tmp_path / "report"
    ended = published.check("--python", published.environment("has_bug"), "--format", kind, "--output", output)
    assert (ended.code, ended.stdout) == (Exit.AS_EXPECTED, ""), ended.said
    assert "miniature" in output.read_text(encoding="utf-8")


def test_a_deliberate_change_is_told_and_fails_only_where_that_is_asked_for(published: Yard) -> None:
    changed = ("--python", published.environment("has_bug"))
    ended = published.check(*changed)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert " has 1 deliberate change (#4), of 1 that were looked for." in ended.stdout
    assert published.check(*changed, "--strict").code == Exit.DIFFERS


def test_what_is_waived_is_shown_and_fails_nothing(yard: Yard, tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.toml"
    waivers.write_text('[[waiver]]\ncase = "1"\nreason = "nobody is greeted here"\nexpires = 2999-01-01\n', "utf-8")
    ended = yard.check("--python", yard.environment("has_bug"), "--case", "1", "--waivers", waivers)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "waived until 2999-01-01: nobody is greeted here" in ended.stdout
    ended = yard.check("--python", yard.environment("fixed"), "--case", "1", "--waivers", waivers)
    assert ended.code == Exit.WRONG_USE, ended.said
    assert ended.stderr.splitlines()[-1] == f"{waivers}: waiver[0].case: 1 is not there; remove the waiver"


def test_a_patched_build_under_an_old_number_is_stated_to_be_fixed_with_its_files(published: Yard) -> None:
    def product(miniature: str) -> tuple[str, str]:
        interpreter = published.environment(miniature)
        ended = published.check("--python", interpreter, "--format", "openvex", "--author", "Somebody")
        document = json.loads(ended.stdout)
        refuse_invalid(document)
        (statement,) = document["statements"]
        (product,) = statement["products"]
        assert (document["author"], product["@id"]) == ("Somebody", "pkg:pypi/starlette@1.0")
        listed = "find starlette -type f ! -name '*.pyc' | LC_ALL=C sort | xargs sha256sum | sha256sum"
        summed = subprocess.run(["sh", "-c", listed], cwd=site_packages(interpreter), capture_output=True, check=True)
        assert summed.stdout.decode().split()[0] == product["hashes"]["sha-256"]
        return statement["status"], product["hashes"]["sha-256"]

    (broken, its_files), (patched, others) = product("has_bug"), product("fixed")
    assert (broken, patched) == ("affected", "fixed")
    assert its_files != others


def test_a_scanners_arguments_are_written_from_what_is_waived(published: Yard, tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.toml"
    waivers.write_text('[[waiver]]\ncase = "4"\nreason = "not here"\nexpires = 2999-01-01\n', "utf-8")
    ended = published.check(
        *("--python", published.environment("has_bug"), "--waivers", waivers, "--format", "pip-audit")
    )
    assert (ended.code, ended.stdout) == (Exit.AS_EXPECTED, "--ignore-vuln CVE-2026-0004\n"), ended.said


def test_on_github_a_summary_and_annotations_are_written_beside_the_output(yard: Yard, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    more = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true"}
    options = ("--python", yard.environment("has_bug"), "--case", "1", "--format", "json")
    ended = yard.project.python("-m", "harness", "check", *options, more=more)
    json.loads(ended.stdout)
    assert "\n::warning file=" in ended.stderr
    assert summary.read_text(encoding="utf-8").startswith("Starlette 1.0, as installed in ")


def test_every_case_is_checked_unless_one_is_named(yard: Yard) -> None:
    every = yard.check("--python", yard.environment("fixed"), "--all")
    one = yard.check("--python", yard.environment("fixed"), "--case", "greeting_1", "--all")
    names = [case.name for case in CASES]
    assert [[name in ended.stdout for name in names] for ended in (every, one)] == [[True] * 3, [False, True, False]]


def test_a_release_that_is_at_no_boundary_and_not_on_the_index_is_checked_all_the_same(yard: Yard) -> None:
    ended = yard.check("--python", yard.environment("has_bug", "7.7.7.dev1"), "--case", "greeting_1")
    assert ended.code == Exit.DIFFERS, ended.said
    assert "7.7.7.dev1" in ended.stdout


def test_the_record_reads_back_and_expects_nothing(yard: Yard, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    ended = yard.check("--python", yard.environment("has_bug"), "--record", path)
    assert ended.code == Exit.DIFFERS
    rows = read_record(path)
    telling = {("farewell_2", "typing"), ("greeting_1", "repro"), ("helped_3", "repro")}
    assert {(row.case, str(row.check)) for row in rows} == telling
    assert {(row.expected, row.profile, row.side, row.release) for row in rows} == {(None, None, None, "1.0")}
    verdicts = {(row.case, str(row.check)): (str(row.verdict), row.reason) for row in rows}
    assert verdicts["greeting_1", "repro"] == verdicts["farewell_2", "typing"] == ("affected", None)
    assert verdicts["helped_3", "repro"] == ("not_applicable", "missing_package")


def test_no_file_of_the_environment_is_touched(yard: Yard) -> None:
    interpreter = yard.environment("has_bug")
    venv = interpreter.parent.parent
    shutil.rmtree(site_packages(interpreter) / "starlette" / "__pycache__", ignore_errors=True)
    before = fingerprint(venv)
    assert yard.check("--python", interpreter).code == Exit.DIFFERS
    assert fingerprint(venv) == before


@pytest.mark.parametrize(("case", "module"), [("greeting_1", "greeting.py"), ("farewell_2", "farewell.py")])
def test_a_mended_file_is_read_anew_though_its_size_and_time_stamp_are_as_before(
    yard: Yard, tmp_path: Path, case: str, module: str
) -> None:
    interpreter = make_environment(tmp_path / "venv", [write_starlette(tmp_path, "has_bug", "1.0")])
    path = site_packages(interpreter) / "starlette" / module
    before = path.stat()
    assert yard.check("--python", interpreter, "--case", case).code == Exit.DIFFERS
    mended = starlette_files("fixed", "1.0")[f"starlette/{module}"]
    path.write_text(mended.ljust(before.st_size - 1, "#") + "\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    ended = yard.check("--python", interpreter, "--case", case)
    assert ended.code == Exit.AS_EXPECTED, ended.said


class TestThePath:
    """However an environment is named, it is the one that is looked at."""

    @pytest.fixture
    @staticmethod
    def interpreter(yard: Yard) -> Path:
        return yard.environment("has_bug")

    def test_may_be_relative_to_where_the_caller_is(self, yard: Yard, interpreter: Path) -> None:
        relative = os.path.relpath(interpreter, yard.project.root)
        assert yard.check("--python", relative, "--case", "greeting_1").code == Exit.DIFFERS

    def test_may_be_that_of_the_environments_folder(self, yard: Yard, interpreter: Path) -> None:
        ended = yard.check("--python", interpreter.parent.parent, "--case", "greeting_1")
        assert ended.code == Exit.DIFFERS, ended.said

    def test_may_lead_through_a_link_to_the_environment(self, yard: Yard, interpreter: Path, tmp_path: Path) -> None:
        link = tmp_path / "current"
        link.symlink_to(interpreter.parent.parent)
        ended = yard.check("--python", link / "bin" / "python", "--case", "greeting_1")
        assert ended.code == Exit.DIFFERS, ended.said

    def test_may_be_that_of_the_session_of_nox(self, yard: Yard, interpreter: Path) -> None:
        ended = yard.project.nox("-s", "check", "--", "--python", interpreter, "--case", "greeting_1")
        assert ended.code == Exit.DIFFERS, ended.said
        assert "nobody is greeted" in ended.stdout


class TestAnUnusualInstallation:
    """Starlette does not lie in site-packages, as where it is developed."""

    @pytest.fixture(params=["editable", "pth"])
    @staticmethod
    def interpreter(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
        source = tmp_path / "a checkout"
        for name, text in starlette_files("has_bug", "1.0").items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        if request.param == "pth":
            interpreter = make_environment(tmp_path / "venv")
            (site_packages(interpreter) / "starlette.pth").write_text(f"{source}\n", encoding="utf-8")
            shutil.copytree(_metadata(tmp_path), source / "starlette-1.0.dist-info")
            return interpreter
        link = f"import sys; sys.path.append({str(source)!r})\n"
        wheel = write_wheel(tmp_path, "starlette", "1.0", {"__editable__starlette.pth": link})
        return make_environment(tmp_path / "venv", [wheel])

    def test_is_looked_at_where_it_lies(self, yard: Yard, interpreter: Path, tmp_path: Path) -> None:
        path = tmp_path / "record.jsonl"
        yard.check("--python", interpreter, "--case", "greeting_1", "--record", path)
        repro = next(row for row in read_record(path) if row.check == "repro")
        assert (repro.verdict, repro.release) == ("affected", "1.0")
        assert repro.starlette_file == str(tmp_path / "a checkout" / "starlette" / "__init__.py")

    def test_says_nothing_false_of_its_types(self, yard: Yard, interpreter: Path, tmp_path: Path) -> None:
        """Mypy follows a path in a .pth file, and no code in one: then it must not seem clean."""
        path = tmp_path / "record.jsonl"
        yard.check("--python", interpreter, "--case", "farewell_2", "--record", path)
        typing = next(row for row in read_record(path) if row.check == "typing")
        assert typing.verdict in ("affected", "inconclusive", "not_applicable"), typing
        assert typing.reason != "no_such_name", typing


def _metadata(folder: Path) -> Path:
    """The unpacked metadata of a release."""
    unpacked = folder / "unpacked"
    shutil.unpack_archive(write_starlette(folder, "has_bug", "1.0"), unpacked, "zip")
    return unpacked / "starlette-1.0.dist-info"


class TestWrongUse:
    """One message, exit code 2 and no traceback."""

    @pytest.fixture(scope="class")
    @staticmethod
    def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
        """A folder with things that are no interpreters."""
        folder = tmp_path_factory.mktemp("odd things")
        (folder / "text").write_text("hello\n", encoding="utf-8")
        (folder / "script").write_text("hello\n", encoding="utf-8")
        (folder / "script").chmod(0o755)
        (folder / "binary").write_bytes(b"\x7fELF and nothing more")
        (folder / "binary").chmod(0o755)
        (folder / "dangling").symlink_to("nowhere")
        (folder / "loud").write_text("#!/bin/sh\necho '{}'\necho no >&2\nexit 1\n", encoding="utf-8")
        (folder / "loud").chmod(0o755)
        return folder

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("", "this folder is not an environment"),
            ("missing", "there is no such file"),
            ("dangling", "which is gone; make the environment again"),
            ("text", "Python"),
            ("script", "Python"),
            ("binary", "Python"),
            ("loud", "Python"),
        ],
    )
    def test_a_path_that_is_no_interpreter(self, yard: Yard, odd: Path, name: str, words: str) -> None:
        self.assert_refused(yard.check("--python", odd / name), str(odd / name), words)

    @pytest.mark.parametrize("program", ["true", "ls", "cat", "sh"])
    def test_some_other_program(self, yard: Yard, program: str) -> None:
        path = str(shutil.which(program))
        self.assert_refused(yard.check("--python", path), path, "Python")

    def test_an_environment_without_starlette(self, yard: Yard, tmp_path: Path) -> None:
        interpreter = make_environment(tmp_path / "empty")
        self.assert_refused(yard.check("--python", interpreter), str(interpreter), "no Starlette is installed")

    def test_a_broken_installation_of_starlette(self, yard: Yard, tmp_path: Path) -> None:
        interpreter = make_environment(tmp_path / "half", [write_starlette(tmp_path, "fixed", "1.0")])
        shutil.rmtree(site_packages(interpreter) / "starlette")
        self.assert_refused(yard.check("--python", interpreter), str(interpreter), "Starlette")

    def test_an_unknown_case(self, yard: Yard) -> None:
        ended = yard.check("--python", sys.executable, "--case", "nope_9")
        self.assert_refused(ended, "--case nope_9: no case is called so; cases/README.md lists them")

    def test_an_unknown_area(self, yard: Yard) -> None:
        ended = yard.check("--python", sys.executable, "--only", "clouds")
        self.assert_refused(ended, "--only clouds: neither a kind nor an area", "security", "routing")

    def test_a_record_in_a_folder_that_is_missing(self, yard: Yard, tmp_path: Path) -> None:
        path = tmp_path / "missing" / "record.jsonl"
        ended = yard.check("--python", yard.environment("fixed"), "--record", path)
        self.assert_refused(ended, str(path.parent), "no folder")

    def test_a_record_that_is_a_folder(self, yard: Yard, tmp_path: Path) -> None:
        ended = yard.check("--python", yard.environment("fixed"), "--case", "greeting_1", "--record", tmp_path)
        self.assert_refused(ended, str(tmp_path), "folder")

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("pip-audit", "--format pip-audit: it says what is waived; name a file of waivers with --waivers"),
            ("openvex", "--format openvex: none of these cases has an advisory's identifier; leave --case and --only"),
        ],
    )
    def test_a_format_in_which_nothing_could_stand(self, yard: Yard, kind: str, words: str) -> None:
        self.assert_refused(yard.check("--python", sys.executable, "--format", kind), words)

    def test_no_interpreter_named(self, yard: Yard) -> None:
        ended = yard.check()
        assert (ended.code, "--python" in ended.stderr, "Traceback" in ended.said) == (Exit.WRONG_USE, True, False)

    @staticmethod
    def assert_refused(ended: Ended, *words: str) -> None:
        assert ended.code == Exit.WRONG_USE, ended.said
        assert [word for word in words if word not in ended.stderr] == []
        assert len(ended.stderr.splitlines()) == 1, ended.stderr
        assert "Traceback" not in ended.said
        assert ended.stdout == ""
