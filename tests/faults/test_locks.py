"""Nothing runs that nobody asked for: what a lock names beside what the cases need is looked up, and never built."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from harness.support.exits import Exit
from tests.support.environments import SOME_INDEX
from tests.support.faults import Take
from tests.support.miniatures import starlette_files, write_wheel
from tests.support.projects import GREETING, Ended, MiniatureCase, Project, lay_out

CASE = MiniatureCase("greeting_1", (("1.0", "1.1"),), GREETING, needs='optional = ["helper"]')
RELEASES = {"1.0": "has_bug", "1.1": "fixed", "1.4": "fixed"}
OTHER = f"sha256:{'0' * 64}"

# A backend in the source distribution itself: it needs no index, and leaves a trace whatever it is asked for.
BACKEND = """import io, pathlib, zipfile
pathlib.Path({trace!r}).write_text("built")
def build_wheel(folder, *_):
    import os
    name = "{name}-{version}-py3-none-any.whl"
    info = "{name}-{version}.dist-info/"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in {files!r}.items():
            wheel.writestr(path, text)
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
def build_sdist(folder, *_):
    raise SystemExit(1)
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@dataclass(frozen=True, slots=True)
class Suite:
    """A project of miniatures, an index on which some have a source distribution alone, and what takes down faults."""

    project: Project
    seen: Take = print

    def source(self, name: str, version: str, files: dict[str, str] | None = None) -> str:
        """Write a source distribution that leaves a trace when it is built; returns its hash."""
        backend = BACKEND.format(trace=str(self.trace(name)), name=name, version=version, files=files or {})
        path = self.project.wheels / f"{name}-{version}.tar.gz"
        metadata = f"Metadata-Version: 1.1\nName: {name}\nVersion: {version}\n"
        with tarfile.open(path, "w:gz") as archive:
            for file, text in {"backend.py": backend, "pyproject.toml": PROJECT, "PKG-INFO": metadata}.items():
                member = tarfile.TarInfo(f"{name}-{version}/{file}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"

    def trace(self, name: str) -> Path:
        return self.project.home / f"{name} was built"

    def upgrade(self, *arguments: str | Path, **more: str) -> Ended:
        return self.project.python("-m", "harness", "upgrade", *arguments, "--format", "json", more=more)

    def compared(self, text: str, name: str = "requirements.txt", to: str = "1.4", *options: str) -> dict[str, Any]:
        lock = self.project.home / name
        lock.write_text(text, encoding="utf-8")
        ended = self.upgrade("--from", lock, "--to", f"starlette=={to}", *options)
        assert ended.stdout, ended.said
        return self.read(ended)

    def read(self, ended: Ended) -> dict[str, Any]:
        """The document that was written, with what is beside it on standard error as `stderr`."""
        document: dict[str, Any] = json.loads(ended.stdout)
        left = ", ".join(unchecked(document)) or "nothing"
        kinds = ", ".join(sorted({each["change"] for each in document["findings"]}))
        self.seen(
            f"{kinds}; in its way {', '.join(conflicts(document)) or 'nothing'}; left out {left} (exit {ended.code})"
        )
        return document | {"stderr": ended.stderr}


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    suite = Suite(lay_out(tmp_path_factory.mktemp("nothing runs"), RELEASES, [CASE]))
    wheels = suite.project.wheels
    write_wheel(wheels, "framework", "1.0", {"framework.py": ""}, ["starlette<1.4"])
    write_wheel(wheels, "plugin", "1.0", {"plugin.py": ""}, ["sourceonly", "starlette<1.4"])
    write_wheel(wheels, "acme", "1.0", {"acme.py": ""}, ["starlette<1.4"])
    write_wheel(wheels, "client", "1.0", {"client.py": ""}, ["acme", "starlette<1.4"])
    suite.source("sourceonly", "1.0")
    return suite


@pytest.fixture
def suite(laid_out: Suite, seen: Take) -> Iterator[Suite]:
    yield replace(laid_out, seen=seen)
    for trace in laid_out.project.home.glob("* was built"):
        trace.unlink()


def unchecked(document: dict[str, Any]) -> dict[str, str]:
    return {f"{each['name']} {each['version']}".strip(): each["reason"] for each in document["unchecked"]}


def conflicts(document: dict[str, Any]) -> list[str]:
    return [each["name"] for each in document["conflicts"]]


@pytest.mark.parametrize("hashes", ["", f" --hash={OTHER}"], ids=["without a hash", "with another hash"])
def test_what_has_only_a_source_distribution_is_told_and_not_built(suite: Suite, hashes: str) -> None:
    document = suite.compared(f"framework==1.0\nsourceonly==1.0{hashes}\nstarlette==1.1\n")
    assert not suite.trace("sourceonly").exists()
    reason = "it has only a source distribution, and nothing is built for the search"
    assert (conflicts(document), unchecked(document)) == (["framework"], {"sourceonly 1.0": reason})
    assert document["findings"][0]["change"] == "never_present"


def test_what_the_lock_does_not_even_name_is_not_built(suite: Suite) -> None:
    document = suite.compared("plugin==1.0\nstarlette==1.1\n")
    assert not suite.trace("sourceonly").exists()
    assert (conflicts(document), list(unchecked(document))) == (["plugin"], ["sourceonly"])


PRIVATE = """version = 1
[[package]]
name = "app"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "starlette" }, { name = "acme" }, { name = "client" }, { name = "framework" }]
"""


def uv_lock(**indexes: str) -> str:
    packages = [
        f'[[package]]\nname = "{name}"\nversion = "{"1.1" if name == "starlette" else "1.0"}"\n'
        f'source = {{ registry = "https://{index}.example/simple" }}\n'
        for name, index in indexes.items()
    ]
    return PRIVATE + "".join(packages)


def test_a_name_from_another_index_is_asked_of_nobody(suite: Suite) -> None:
    """Neither by itself nor as what another one needs; here the index that is asked has one of that name."""
    text = uv_lock(acme="private", client="main", framework="main", starlette="main")
    document = suite.compared(text, "uv.lock")
    assert conflicts(document) == ["client", "framework"]
    assert unchecked(document) == {
        "acme 1.0": "it comes from https://private.example/simple; --trust-lock-sources lets that be asked"
    }


def test_beside_an_extra_index_any_name_may_be_from_there(suite: Suite) -> None:
    document = suite.compared("--extra-index-url https://me:s@private.example\nframework==1.0\nstarlette==1.1\n")
    assert conflicts(document) == []
    reason = "it may come from https://private.example; --trust-lock-sources lets that be asked"
    assert unchecked(document) == {"framework 1.0": reason}


def test_a_name_from_an_address_is_asked_of_nobody(suite: Suite) -> None:
    wheel = "https://a.example/framework-1.0-py3-none-any.whl"
    document = suite.compared(f"framework @ {wheel}\nstarlette==1.1\n")
    assert conflicts(document) == []
    assert unchecked(document)["framework 1.0"].startswith(f"it comes from {wheel} and from no index; ")


def test_what_is_left_open_is_told(suite: Suite) -> None:
    document = suite.compared("-c https://a.example/limits.txt\nframework\nacme==1\nacme==2\nstarlette==1.1\n")
    assert list(unchecked(document)) == ["acme 1 or 2", "framework", "https://a.example/limits.txt"]


def test_what_conda_has_is_run_from_the_package_index_and_told(suite: Suite) -> None:
    text = "dependencies:\n - starlette=1.1=py_0\n - _libgcc_mutex=0.1=main\n - framework=1.0=py_0\n"
    document = suite.compared(text, "environment.yml")
    assert document["findings"][0]["change"] == "never_present"
    assert unchecked(document) == {
        "-libgcc-mutex 0.1": "it is from conda, of which no package index knows",
        "framework 1.0": "it is from conda, of which no package index knows",
        "starlette 1.1": "it is from conda; the package index's was run in its place",
    }


@pytest.mark.parametrize("name", ["starlette", "helper"])
def test_what_a_case_needs_is_built_where_it_is_what_was_locked(suite: Suite, name: str) -> None:
    files = starlette_files("fixed", "0.9") if name == "starlette" else {"helper.py": ""}
    known = suite.source(name, "0.9", files)
    lock = f"framework==1.0\nstarlette==1.1\n{name}==0.9 --hash=HASH\n".replace(
        "starlette==1.1\nstarlette", "starlette"
    )
    document = suite.compared(lock.replace("HASH", OTHER.removeprefix("sha256:").join(["sha256:", ""])))
    assert not suite.trace(name).exists()
    assert document["findings"][0]["before"]["reason"] == "hash_mismatch"
    assert (document["candidates"], document["conflicts"]) == ([], [])
    document = suite.compared(lock.replace("HASH", known))
    assert suite.trace(name).exists()
    assert f"{name} has only a source distribution: it is built, which runs its code" in document["stderr"]
    assert document["before"]["freeze"]
    assert conflicts(document) == ["framework"]


def test_where_the_hashes_are_of_another_index_it_is_said_once_and_nothing_is_looked_for(suite: Suite) -> None:
    text = f"-i https://private.example/simple\nframework==1.0\nstarlette==1.1 --hash={OTHER}\n"
    document = suite.compared(text)
    assert {finding["before"]["reason"] for finding in document["findings"]} == {"hash_mismatch"}
    assert (document["candidates"], document["conflicts"]) == ([], [])
    assert json.dumps(document).count("--trust-lock-sources") == 1
    assert "lets https://private.example/simple be asked" in json.dumps(document["unchecked"])
    document = suite.compared(f"starlette==1.1 --hash={OTHER}\n")
    assert "uv has to be configured for the index that the lock is made of" in json.dumps(document["unchecked"])


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"UV_OFFLINE": "1"}, "the network was disabled"),
        ({"UV_DEFAULT_INDEX": "http://127.0.0.1:9/"}, "Failed to fetch: http://127.0.0.1:9/"),
    ],
    ids=["offline", "unreachable"],
)
def test_without_an_index_it_ends_at_once_with_the_reason(suite: Suite, variables: dict[str, str], said: str) -> None:
    variables |= SOME_INDEX | {"UV_CACHE_DIR": str(suite.project.home / "an empty cache")}
    lock = suite.project.home / "requirements.txt"
    lock.write_text("framework==1.0\nstarlette==1.1\n", encoding="utf-8")
    ended = suite.upgrade("--from", lock, "--to", "starlette==1.4", **variables)
    document = suite.read(ended)
    assert ended.code == Exit.NOT_OBSERVED
    assert said in document["findings"][0]["before"]["evidence"]
    assert document["findings"][0]["after"]["evidence"] == document["findings"][0]["before"]["evidence"]
    assert (document["candidates"], document["conflicts"]) == ([], [])
