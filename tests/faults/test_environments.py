"""Environments that are not what they seem: never a better answer than what can be told of them."""

import shutil
import zipfile
from pathlib import Path

from harness.support.exits import Exit
from tests.support.environments import make_environment, site_packages
from tests.support.faults import Take, Yard, right
from tests.support.miniatures import write_starlette


def _venv(folder: Path, miniature: str = "fixed") -> tuple[Path, Path]:
    """An environment of a miniature: its interpreter, and where its packages lie."""
    interpreter = make_environment(folder / "venv", [write_starlette(folder, miniature, "1.0")])
    return interpreter, site_packages(interpreter)


def test_two_distributions_have_metadata(yard: Yard, tmp_path: Path, seen: Take) -> None:
    interpreter, site = _venv(tmp_path, "has_bug")
    shutil.copytree(site / "starlette-1.0.dist-info", site / "starlette-0.10.0.dist-info")
    metadata = site / "starlette-0.10.0.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text("utf-8").replace("Version: 1.0", "Version: 0.10.0"), encoding="utf-8")
    ended = yard.command("check", "--python", interpreter, "--all")
    seen(right(ended, Exit.NOT_OBSERVED, "metadata of Starlette 0.10.0 and 1.0 lie side by side", "could not be told"))
    assert ended.stdout.count("inconclusive") == 2


def test_starlette_lies_in_a_zip_file(yard: Yard, tmp_path: Path, seen: Take) -> None:
    interpreter, site = _venv(tmp_path)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for file in (site / "starlette").rglob("*.*"):
            archive.write(file, file.relative_to(site))
    shutil.rmtree(site / "starlette")
    (site / "archive.pth").write_text(f"{tmp_path / 'all.zip'}\n", encoding="utf-8")
    ended = yard.command("check", "--python", interpreter)
    seen(right(ended, Exit.NOT_OBSERVED, "install Starlette unpacked", "could not be told"))
