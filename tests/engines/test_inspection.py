"""What is in an environment is told as it is, also where that is odd."""

import os
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from harness.catalogue.case import Check
from harness.environments.inspection import content_digest, inspect
from harness.judgement.judge import judge
from harness.judgement.observation import Outcome
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from harness.support.errors import UserError
from repros.engine import Program
from tests.engines.conftest import Bench
from tests.support.environments import site_packages
from tests.support.observations import Subject, needs


def test_a_digest_is_of_every_file_that_decides_what_is_seen(own: Bench) -> None:
    package = Path(own.target.starlette_file).parent
    seen = {own.target.digest}
    for name in ("greeting.py", "farewell.pyi", "py.typed", "inner/new.py"):
        (package / name).parent.mkdir(exist_ok=True)
        with (package / name).open("a", encoding="utf-8") as stream:
            stream.write("# more\n")
        seen.add(inspect(own.target.interpreter).digest)
    (package / "README.txt").touch()
    seen.add(inspect(own.target.interpreter).digest)
    assert len(seen) == 5


def test_an_interpreter_that_is_not_cpython_is_refused(own: Bench, tmp_path: Path) -> None:
    fake = tmp_path / "pypy"
    said = "import sys; sys.implementation.name = 'pypy'; exec(open(sys.argv[-1]).read())"
    fake.write_text(f'#!/bin/sh\nexec "{own.target.interpreter}" -I -c "{said}" "$@"\n', encoding="utf-8")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(UserError, match=r"this is pypy 3\.\d+\.\d+, .* name a CPython"):
        inspect(fake)


@pytest.mark.parametrize("program", ["/bin/cat", "/bin/true", "/bin/false"])
def test_what_is_no_interpreter_is_refused(program: str) -> None:
    with pytest.raises(UserError, match="no Python that can be checked"):
        inspect(Path(program))


def add_metadata(bench: Bench, version: str, name: str = "starlette") -> None:
    site = site_packages(bench.target.interpreter)
    shutil.copytree(site / "starlette-1.0.dist-info", site / f"{name}-{version}.dist-info")
    metadata = site / f"{name}-{version}.dist-info" / "METADATA"
    metadata.write_text(f"Metadata-Version: 2.1\nName: starlette\nVersion: {version}\n", encoding="utf-8")


def judged(bench: Bench, program: str = "", check: Check = Check.REPRO) -> Judgement:
    repro = bench.write(program)
    target = inspect(bench.target.interpreter)
    (seen,) = Bench(target, bench.folder).observe(Program(repro))
    return judge(Subject(directory=repro.parent, environment=needs()), check, target, seen)


def test_metadata_of_two_versions_are_both_told_and_make_everything_inconclusive(own: Bench) -> None:
    add_metadata(own, "0.10.0")
    assert inspect(own.target.interpreter).freeze == ("starlette==0.10.0", "starlette==1.0")
    judgement = judged(own)
    assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, Reason.WRONG_STARLETTE)
    assert "0.10.0 and 1.0 lie side by side" in judgement.evidence


def test_the_same_version_twice_and_what_an_installer_left_are_no_second_version(own: Bench) -> None:
    add_metadata(own, "1.0", "Starlette")
    add_metadata(own, "0.9", "~tarlette")
    assert inspect(own.target.interpreter).freeze == ("starlette==1.0",)
    assert judged(own).verdict is Verdict.UNAFFECTED


def test_a_starlette_in_an_archive_is_never_better_than_inconclusive(own: Bench, tmp_path: Path) -> None:
    site = site_packages(own.target.interpreter)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for file in (site / "starlette").rglob("*.py"):
            archive.write(file, file.relative_to(site))
    shutil.rmtree(site / "starlette")
    (site / "archive.pth").write_text(f"{tmp_path / 'all.zip'}\n", encoding="utf-8")
    judgement = judged(own)
    assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, Reason.UNREADABLE)
    assert "install Starlette unpacked" in judgement.evidence


class TestContentDigest:
    """It tells folders apart by what their files are called and hold."""

    @pytest.fixture
    @staticmethod
    def folder(tmp_path: Path) -> Path:
        for name in ("a/b.py", "a/c.txt", "a/__pycache__/b.cpython-311.pyc", "d"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(name, encoding="utf-8")
        (tmp_path / "link").symlink_to("nowhere")
        return tmp_path

    def test_is_the_same_for_a_copy(self, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        copy = tmp_path_factory.mktemp("copy") / "copy"
        shutil.copytree(folder, copy, symlinks=True)
        assert content_digest(copy) == content_digest(folder)

    def test_is_another_after_an_edit_that_keeps_size_and_time_stamp(self, folder: Path) -> None:
        before, status = content_digest(folder), (folder / "d").stat()
        (folder / "d").write_text("e", encoding="utf-8")
        os.utime(folder / "d", ns=(status.st_atime_ns, status.st_mtime_ns))
        assert content_digest(folder) != before

    @pytest.mark.parametrize("name", ["new", "a/new.py", "a/__pycache__/data"])
    def test_is_another_with_one_file_more(self, folder: Path, name: str) -> None:
        before = content_digest(folder)
        (folder / name).touch()
        assert content_digest(folder) != before

    def test_is_another_where_a_file_has_another_name_or_a_link_another_end(self, folder: Path) -> None:
        seen = [content_digest(folder)]
        (folder / "d").rename(folder / "e")
        seen.append(content_digest(folder))
        (folder / "link").unlink()
        (folder / "link").symlink_to("elsewhere")
        assert content_digest(folder) not in seen

    def test_is_the_same_whatever_bytecode_there_is(self, folder: Path) -> None:
        before = content_digest(folder)
        (folder / "a/__pycache__/other.cpython-38.pyc").touch()
        shutil.rmtree(folder / "a/__pycache__")
        assert content_digest(folder) == before

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")
    def test_waits_for_nothing(self, folder: Path) -> None:
        os.mkfifo(folder / "fifo")
        assert content_digest(folder)


def test_nothing_is_written_into_an_environment_that_is_looked_at(own: Bench) -> None:
    site = site_packages(own.target.interpreter)
    before = content_digest(site.parent)
    (seen,) = own.observe("from starlette import greeting")
    assert seen.outcome is Outcome.COMPLETED
    assert content_digest(site.parent) == before
    assert not list(site.rglob("*.pyc"))
