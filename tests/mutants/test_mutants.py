"""Mutants: a bug is put back into a copy of the newest release, its case notices, and nothing else is touched."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.catalogue.case import Check, Mutant
from harness.judgement.vocabulary import Verdict
from harness.mutants.edits import read_edits
from harness.runs.record import read_record
from harness.runs.row import Row
from harness.support.errors import UserError
from harness.support.exits import Exit
from tests.support.environments import fingerprint
from tests.support.factories import case, environment
from tests.support.projects import FAREWELL, GREETING, Ended, MiniatureCase, Project, lay_out

BOUNDARY = (("1.0", "1.1"),)
GREETS = 'return f"Hello, {name}!"'
RAISES = 'raise AssertionError("nobody is greeted")'


def edit(file: str, find: str, replace: str) -> str:
    return f"[[mutant]]\nfile = '{file}'\nfind = '{find}'\nreplace = '{replace}'\n"


def with_mutant(programs: Mapping[str, str], *edits: str) -> Mapping[str, str]:
    return {**programs, "symptom": programs["symptom"] + "".join(edits)}


WORDS = edit("starlette/fare*.py", "def words(self, name: str) -> str", "def words(self, name: str) -> bytes")
# The second edit is of what the first one wrote.
NOBODY = (
    edit("starlette/greeting.py", GREETS, "raise KeyError(name)"),
    edit("starlette/greeting.py", "KeyError(name)", 'AssertionError("nobody is greeted")'),
)
CASES = (
    MiniatureCase("farewell_2", BOUNDARY, with_mutant(FAREWELL, WORDS)),
    MiniatureCase("greeting_1", BOUNDARY, with_mutant(GREETING, *NOBODY)),
)


@dataclass(frozen=True, slots=True)
class Run:
    """A first run, which built what there is to build, over mutants that are as they should be."""

    project: Project
    ended: Ended
    rows: Mapping[tuple[str | None, str, Check], Row]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Run:
    project = lay_out(tmp_path_factory.mktemp("mutants"), {"1.0": "has_bug", "1.1": "fixed"}, CASES)
    ended = project.nox("-s", "mutants")
    return Run(project, ended, rows(project))


@pytest.fixture
def project(good: Run) -> Iterator[Project]:
    """Whatever a test does with it, what others share is not changed, and nothing is left behind."""
    before = everything(good.project)
    yield good.project
    assert everything(good.project) == before


def everything(project: Project) -> tuple[object, ...]:
    cache = project.root / ".cache"
    files = [fingerprint(folder) for folder in (project.uv_cache, project.wheels, cache / "environments")]
    return files, [sorted(folder.iterdir()) for folder in (cache, cache / "mypy", cache / "bytecode")]


@contextmanager
def rewritten(project: Project, more: str = "", **symptoms: str) -> Iterator[None]:
    """Give cases another symptom and other mutants for a while, and *more* keys at their top."""
    usual = {each.name: each.programs["symptom"] for each in CASES}
    files = {name: project.root / "cases" / name / "case.toml" for name in symptoms}
    kept = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    for name, text in symptoms.items():
        whole = kept[name].replace(usual[name], text)
        files[name].write_text(whole.replace('kind = "bug"\n', f'kind = "bug"\n{more}'), encoding="utf-8")
    try:
        yield
    finally:
        for name, text in kept.items():
            files[name].write_text(text, encoding="utf-8")


def mutants(project: Project, *arguments: str) -> Ended:
    return project.python("-m", "harness", "mutants", *arguments)


def rows(project: Project) -> dict[tuple[str | None, str, Check], Row]:
    found = read_record(project.root / "reports" / "mutants.jsonl")
    return {(row.mutant, row.case, row.check): row for row in found}


def test_each_case_notices_its_own_mutant_and_no_other(good: Run) -> None:
    assert good.ended.code == Exit.AS_EXPECTED, good.ended.said
    assert "2 of 2 mutants are caught; all 4 others are as they should be" in good.ended.stdout
    noticed = {(each.name, each.name, Check.MUTANT) for each in CASES}
    assert {key for key, row in good.rows.items() if row.verdict is Verdict.AFFECTED} == noticed
    assert {row.verdict for key, row in good.rows.items() if key not in noticed} == {Verdict.UNAFFECTED}
    assert {(row.release, row.profile) for row in good.rows.values()} == {("1.1", "today")}


def test_what_cannot_see_an_edit_is_not_run_again(good: Run) -> None:
    """A program that does not run what is edited; a control, which sees no bug; mypy over another case's program."""
    assert {key for key in good.rows if key[0]} == {(each.name, each.name, Check.MUTANT) for each in CASES}


def test_an_edit_outside_of_starlettes_modules_may_be_seen_by_every_program(project: Project) -> None:
    metadata = edit("starlette-*.dist-info/METADATA", "Metadata-Version: 2.1", "Metadata-Version: 2.2")
    with rewritten(project, farewell_2=FAREWELL["symptom"] + WORDS + metadata):
        ended = mutants(project, "--case", "farewell_2")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert ("farewell_2", "greeting_1", Check.REPRO) in rows(project)


BOTH = WORDS + edit("starlette/greeting.py", GREETS, RAISES)


def test_a_harmless_mutant_and_one_that_another_case_notices_differ(project: Project) -> None:
    """The one changes nothing that greets; the other takes the greeting along."""
    harmless = edit("starlette/greeting.py", GREETS, f"{GREETS}  # as ever")
    with rewritten(project, greeting_1=GREETING["symptom"] + harmless, farewell_2=BOTH):
        ended = mutants(project)
    assert ended.code == Exit.DIFFERS, ended.said
    assert "1 of 2 mutants are caught; 1 of 5 other observations are not as they should be" in ended.stdout
    assert "  seen by greeting_1 repro" in ended.stdout
    wrong = {key: (row.expected, row.verdict) for key, row in rows(project).items() if row.differs or row.unobserved}
    assert wrong == {
        ("greeting_1", "greeting_1", Check.MUTANT): ("affected", "unaffected"),
        ("farewell_2", "greeting_1", Check.REPRO): ("unaffected", "affected"),
    }


def test_a_case_that_is_said_to_see_a_siblings_mutant_too_may_see_it(project: Project) -> None:
    with rewritten(project, 'also_seen_by = ["greeting_1"]\n', farewell_2=BOTH):
        ended = mutants(project)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    seen = rows(project)["farewell_2", "greeting_1", Check.REPRO]
    assert (seen.expected, seen.verdict) == (Verdict.AFFECTED, Verdict.AFFECTED)


def test_who_is_said_to_see_it_too_need_not(project: Project) -> None:
    with rewritten(project, 'also_seen_by = ["greeting_1"]\n', farewell_2=FAREWELL["symptom"] + WORDS):
        ended = mutants(project)
    assert ended.code == Exit.AS_EXPECTED, ended.said


def test_a_mutant_that_fails_in_another_way_is_not_caught(project: Project) -> None:
    """That is not the documented symptom, so that it does not say that the program sees the bug."""
    other = edit("starlette/greeting.py", GREETS, 'raise ValueError("nobody is greeted")')
    with rewritten(project, greeting_1=GREETING["symptom"] + other):
        ended = mutants(project)
        alone = mutants(project, "--case", "greeting_1")
    assert ended.code == alone.code == Exit.NOT_OBSERVED, ended.said
    assert "1 of 2 mutants are caught; all 4 others are as they should be" in ended.stdout
    assert "0 of 1 mutants are caught" in alone.stdout
    (row,) = [row for row in rows(project).values() if row.check is Check.MUTANT]
    assert (row.verdict, row.reason) == ("inconclusive", "other_exception")


def test_a_case_without_a_mutant_says_why(project: Project) -> None:
    with rewritten(project, 'no_mutant = "nothing to put back"\n', greeting_1=GREETING["symptom"]):
        ended = mutants(project)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "greeting_1 has none: nothing to put back" in ended.stdout
    assert "1 of 1 mutants are caught" in ended.stdout
    assert ended.stdout.endswith("as they should be. 1 case has none.\n")


def test_of_many_mutants_those_that_are_not_caught_are_shown(project: Project) -> None:
    """Here more than one are many, and nobody has any patience."""
    project.replace("harness/reports/console.py", "FEW = 6", "FEW = 1")
    project.replace("harness/reports/progress.py", "PATIENCE = 15.0", "PATIENCE = 0.0")
    try:
        caught, whole = mutants(project), mutants(project, "--all")
        harmless = edit("starlette/greeting.py", GREETS, f"{GREETS}  # as ever")
        with rewritten(project, greeting_1=GREETING["symptom"] + harmless):
            missed = mutants(project)
    finally:
        project.replace("harness/reports/console.py", "FEW = 1", "FEW = 6")
        project.replace("harness/reports/progress.py", "PATIENCE = 0.0", "PATIENCE = 15.0")
    assert caught.stdout == "\n2 of 2 mutants are caught; all 4 others are as they should be.\n"
    assert caught.stderr.splitlines()[-2:] == [
        f"{n}/2 mutants, {name}" for n, name in enumerate(sorted(each.name for each in CASES), 1)
    ]
    assert [each.name for each in CASES if each.name in whole.stdout] == [each.name for each in CASES]
    assert [each.name for each in CASES if each.name in missed.stdout] == ["greeting_1"]


def test_what_cannot_be_built_is_unavailable(project: Project) -> None:
    kept = {file: file.read_bytes() for file in project.locks.iterdir()}
    project.lock("1.1", None, "today")
    try:
        ended = mutants(project)
    finally:
        for file, content in kept.items():
            file.write_bytes(content)
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    assert "0 of 2 mutants are caught" in ended.stdout
    assert {row.reason for row in rows(project).values()} == {"no_lock"}


def test_an_environment_that_somebody_changed_is_built_again_first(good: Run) -> None:
    (file,) = good.project.root.glob(".cache/environments/*/lib/python*/site-packages/starlette/greeting.py")
    text = file.read_text(encoding="utf-8")
    # Not through the link into uv's cache.
    file.unlink()
    file.write_text(text.replace(GREETS, RAISES), encoding="utf-8")
    ended = mutants(good.project)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert file.read_text(encoding="utf-8") == text


def test_edits_that_do_not_apply_or_leave_no_starlette_are_wrong_use(project: Project) -> None:
    twice = edit("starlette/greeting.py", "name", "nome")
    nowhere = edit("starlette/farewel.py", "name", "nome")
    nameless = edit("starlette-*.dist-info/METADATA", "Name: starlette", "Name: nothing")
    with rewritten(project, greeting_1=GREETING["symptom"] + twice, farewell_2=nowhere):
        refused = mutants(project)
    with rewritten(project, greeting_1=GREETING["symptom"] + nameless):
        unreadable = mutants(project, "--case", "greeting_1")
    assert (refused.code, unreadable.code) == (Exit.WRONG_USE, Exit.WRONG_USE)
    said = [line for line in refused.stderr.splitlines() if line.startswith("cases/")]
    assert [line.partition(";")[0] for line in said] == [
        "cases/farewell_2/case.toml: mutant[0].file: starlette/farewel.py matches no file",
        "cases/greeting_1/case.toml: mutant[0].find: found 2 times in starlette/greeting.py of Starlette 1.1",
    ]
    assert "cases/greeting_1/case.toml: mutant: with it there is no Starlette to look at; write" in unreadable.stderr


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([("starlette/*.py", "a", "b")], "[0].file: starlette/*.py matches 2 files, starlette/a.py and starlette/b.py"),
        ([("starlette", "a", "b")], "[0].file: starlette matches no file; write"),
        ([("starlette/a.pyc", "a", "b")], "[0].file: starlette/a.pyc is no text in UTF-8; write"),
        ([("starlette/a.py", "one", "two")] * 2, "[1].find: found 0 times in starlette/a.py of Starlette 0.2.0; write"),
    ],
)
def test_an_edit_that_does_not_apply_exactly_once_is_refused(
    edits: list[tuple[str, str, str]], said: str, tmp_path: Path
) -> None:
    package = tmp_path / "lib" / "python3.11" / "site-packages" / "starlette"
    package.mkdir(parents=True)
    for name, content in {"a.py": b"one\n", "b.py": b"two\n", "a.pyc": b"\xff"}.items():
        (package / name).write_bytes(content)
    subject = case(mutant=tuple(Mutant(file=file, find=find, replace=replace) for file, find, replace in edits))
    with pytest.raises(UserError) as caught:
        read_edits([subject], environment(interpreter=tmp_path / "bin" / "python"))
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"cases/session_lost_7/case.toml: mutant{said}")
