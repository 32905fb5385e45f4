"""Which packages of an environment use Starlette, and what follows for code that imports them."""

from pathlib import Path

from harness.catalogue.case import Touches
from harness.touches.installed import dependents_in
from harness.touches.match import Answer
from harness.touches.touching import touching
from tests.support.factories import case
from tests.support.sources import lay_sources


def install(folder: Path, name: str, files: list[str], *requires: str) -> None:
    """The metadata of a distribution, as an installer leaves it."""
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    info = f"{name.replace('-', '_')}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
    record = "".join(f"{file},,\n" for file in [*files, f"{info}/METADATA"])
    lay_sources(folder / info, {"METADATA": metadata, "RECORD": record})


def test_what_requires_it_is_found_by_its_modules_be_it_through_others(tmp_path: Path) -> None:
    install(tmp_path, "starlette", ["starlette/__init__.py"])
    install(tmp_path, "fastapi", ["fastapi/__init__.py"], "starlette<2")
    install(tmp_path, "Fancy-Limits", ["limits/__init__.py", "limits_cli.py", "../bin/limits"], "fastapi>=0.1")
    install(tmp_path, "deeper", ["deeper/__init__.py"], "fancy.limits; python_version > '3'")
    install(tmp_path, "optional", ["optional/__init__.py"], 'starlette; extra == "web"')
    install(tmp_path, "broken", ["broken/__init__.py"], "=nothing=")
    assert dependents_in(tmp_path) == {"limits", "limits_cli", "deeper"}
    # Whoever cannot be read may require it.
    install(tmp_path, "latin", ["latin/__init__.py"])
    (tmp_path / "latin-1.0.dist-info" / "METADATA").write_bytes(b"Metadata-Version: 2.1\nName: latin\nAuthor: \xe9\n")
    assert dependents_in(tmp_path) == {"limits", "limits_cli", "deeper", "latin"}
    assert dependents_in(tmp_path / "nowhere") == frozenset()


def test_code_that_imports_one_cannot_be_told(tmp_path: Path) -> None:
    folder = lay_sources(tmp_path, {"main.py": "import limits.rate\nimport starlette\n"})
    asked = case(touches=(Touches(name="starlette.requests.Request"),))
    assert touching([asked], (folder,)).touches[asked.name].answer is Answer.NOT_SEEN
    touch = touching([asked], (folder,), {"limits"}).touches[asked.name]
    assert (touch.answer, touch.reason) == (Answer.CANNOT_TELL, "limits.rate may use it")
