"""Lock files are read as they stand, those of the real tools too, and what is wrong with one is said in one line."""

import os
import random
import re
from itertools import count
from pathlib import Path

import pytest

from harness.support.errors import UserError
from harness.upgrade.locks import document, read_lock
from harness.upgrade.pins import Pin, Pins

LOCKS = Path(__file__).parent / "locks"
REAL = sorted(path for path in LOCKS.glob("*/*") if path.name != "pyproject.toml")
NAMES = ["pdm.lock", "poetry.lock", "pylock.toml", "requirements-uv.txt", "requirements.txt", "uv.lock"]
EXPECTED = {
    "2021-10-15": {"starlette": "0.16.0", "anyio": "3.3.3", "fastapi": "0.70.0"},
    "2023-10-15": {"starlette": "0.27.0", "anyio": "3.7.1", "fastapi": "0.103.2"},
    "2026-06-15": {"starlette": "1.3.1", "anyio": "4.14.0", "fastapi": "0.137.1"},
}
PYTHONS = {"2021-10-15": ">=3.7", "2023-10-15": ">=3.7", "2026-06-15": ">=3.10"}
HASH = "sha256:" + "0123456789abcdef" * 4
SDIST = f'sdist = {{ name = "starlette-0.27.0.tar.gz", path = "s", hashes = {{ sha256 = "{HASH[7:]}" }} }}'
COMMIT = "f" * 40


def markers(python: str) -> dict[str, str]:
    return {
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "platform_release": "6",
        "platform_system": "Linux",
        "platform_version": "1",
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "sys_platform": "linux",
    }


def read(path: Path, python: str = "3.11.7") -> Pins:
    return read_lock(path, markers(python))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path, python: str = "3.11.7") -> str:
    """What is said of the file, without its folder."""
    with pytest.raises(UserError) as caught:
        read(path, python)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 700
    assert message.startswith(str(path.parent))
    return message.removeprefix(f"{path.parent}{os.sep}")


def uv_lock(*packages: str, needs: str = "starlette") -> str:
    names = ", ".join(f'{{ name = "{name}" }}' for name in needs.split())
    project = f'[[package]]\nname = "shop"\nversion = "1.0"\nsource = {{ virtual = "." }}\ndependencies = [{names}]\n'
    return "\n".join(["version = 1", 'requires-python = ">=3.8"', project, *packages])


def package(*lines: str, name: str = "starlette", version: str = "0.27.0", table: str = "package") -> str:
    return "\n".join([f"[[{table}]]", f'name = "{name}"', f'version = "{version}"', *lines, ""])


def poetry_lock(*packages: str, version: str = "2.1", pythons: str = ">=3.8") -> str:
    return "\n".join([*packages, "[metadata]", f'lock-version = "{version}"', f'python-versions = "{pythons}"', ""])


def pdm_lock(*packages: str, version: str = "4.5.1") -> str:
    return "\n".join(["[metadata]", f'lock_version = "{version}"', *packages])


def pylock(*packages: str, version: str = "1.0") -> str:
    return "\n".join([f'lock-version = "{version}"', 'created-by = "hand"', *(packages or ["packages = []"])])


def direct(*lines: str) -> str:
    return package(*lines, table="packages")


def test_every_date_has_a_lock_of_every_tool() -> None:
    assert [(path.parent.name, path.name) for path in REAL] == [(date, name) for date in EXPECTED for name in NAMES]


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_real_lock_reads_to_what_its_tool_locked(path: Path) -> None:
    pins = read(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for name, version in EXPECTED[path.parent.name].items():
        assert getattr(pins.get(name), "version", None) == version
    for pin in pins.pins:
        assert pin.line is not None
        assert re.match(rf'(name = "{pin.name}"$|{pin.name}==)', lines[pin.line - 1])
        assert len(pin.hashes) >= 1
        assert pin.origin is None
        assert all(each.removeprefix("sha256:") in "".join(lines) for each in pin.hashes)
    assert pins.source == str(path)
    assert pins.file == path
    assert (pins.complete, pins.unversioned) == (True, ())
    assert pins.python == ("" if path.suffix == ".txt" else PYTHONS[path.parent.name])
    assert set(pins.indexes) <= {"https://index.example/simple"}
    assert "shop" not in pins


@pytest.mark.parametrize("date", EXPECTED)
def test_all_tools_lock_the_same_for_one_day(date: str) -> None:
    """Where the project admits Pythons that need an older version, Poetry and PDM give it to all of them."""
    found = {name: {str(pin) for pin in read(LOCKS / date / name).pins} for name in NAMES}
    assert found["uv.lock"] == found["pylock.toml"] == found["requirements-uv.txt"] == found["requirements.txt"]
    assert found["pdm.lock"] == found["poetry.lock"]
    if date != "2023-10-15":
        assert found["pdm.lock"] == found["uv.lock"]


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml", "requirements-uv.txt"])
def test_the_interpreter_decides_between_two_versions(name: str) -> None:
    path = LOCKS / "2023-10-15" / name
    old, new = read(path, "3.7.9"), read(path)
    assert [str(side.get("uvicorn")) for side in (old, new)] == ["uvicorn==0.22.0", "uvicorn==0.23.2"]
    assert "importlib-metadata" in old
    assert "importlib-metadata" not in new
    assert "colorama" not in new


@pytest.mark.parametrize(
    "path", [path for path in REAL if path.parent.name == "2023-10-15"], ids=lambda path: path.name
)
def test_a_name_that_says_nothing_is_no_matter(path: Path, tmp_path: Path) -> None:
    same = written(tmp_path, "what-we-run", path.read_bytes())
    assert read(same).pins == read(path).pins


@pytest.mark.parametrize(
    "path", [path for path in REAL if path.parent.name == "2021-10-15"], ids=lambda path: path.name
)
def test_windows_line_ends_and_a_byte_order_mark_are_no_matter(path: Path, tmp_path: Path) -> None:
    same = written(tmp_path, path.name, b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(same).pins == read(path).pins


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_damaged_lock_is_read_or_refused_and_nothing_else(path: Path, tmp_path: Path) -> None:
    chance = random.Random(path.name)  # the same damage in every run
    whole = path.read_bytes()
    for number in range(45):
        damaged = bytearray(whole)
        if number % 3 == 0:
            del damaged[chance.randrange(len(whole)) :]
        elif number % 3 == 1:
            damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        else:
            damaged[chance.randrange(len(whole))] = chance.choice(b"\"'[]{}=#\\\n,.<>!~()0a ")
        file = written(tmp_path, path.name, bytes(damaged))
        try:
            said = str(read(file).starlette)
        except UserError as error:
            said = str(error)
        assert re.fullmatch(rf"starlette==\S+|{re.escape(str(file))}(:\d+)?: [^\n]+;[^\n]+", said)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            package() + '\ndescription = """\n[[package]]\nname = "x"\n"""\n' + package(name="anyio", version="4.0.0"),
            10,
        ),
        (package("# [[package]]") + package("x = '''\n[[package]]'''", name="anyio"), 6),
        ("[[ package ]] # one\n" + package().partition("\n")[2] + package(name="anyio"), 5),
        (package() + '[package.other]\nname = "x"\n[[package]]\nversion = "4.0.0"\nname="anyio" # \n', 8),
        (package() + '[[package]]\n"name" = "anyio"\nversion = "4.0.0"\n' + package(name="anyio", version="4.0.0"), 4),
        ('package = [{name = "starlette", version = "1"},\n {name = "anyio", version = "1"}]\n', None),
    ],
    ids=["multi-line string", "comment", "spaces", "sub-table", "quoted key", "inline"],
)
def test_a_line_is_the_one_that_the_parser_means(text: str, line: int | None, tmp_path: Path) -> None:
    found = read(written(tmp_path, "poetry.lock", poetry_lock(text))).get("anyio")
    assert found is not None
    assert found.line == line


@pytest.mark.parametrize(
    ("name", "content", "origin"),
    [
        (
            "uv.lock",
            uv_lock(package(f'source = {{ git = "https://me:secret@git.example/s?subdirectory=a&rev=x#{COMMIT}" }}')),
            f"git+https://git.example/s@{COMMIT}#subdirectory=a",
        ),
        ("uv.lock", uv_lock(package('source = { url = "https://a.example/s.zip" }')), "https://a.example/s.zip"),
        ("uv.lock", uv_lock(package('source = { editable = "../starlette" }')), "../starlette"),
        (
            "poetry.lock",
            poetry_lock(
                package(
                    '[package.source]\ntype = "git"\nurl = "https://git.example/s"\nreference = "main"',
                    f'resolved_reference = "{COMMIT}"',
                )
            ),
            f"git+https://git.example/s@{COMMIT}",
        ),
        (
            "poetry.lock",
            poetry_lock(package('[package.source]\ntype = "directory"\nurl = "../starlette"')),
            "../starlette",
        ),
        (
            "pdm.lock",
            pdm_lock(package(f'git = "https://git.example/s"\nrevision = "{COMMIT}"')),
            f"git+https://git.example/s@{COMMIT}",
        ),
        ("pdm.lock", pdm_lock(package('url = "https://me@a.example/s.zip"')), "https://a.example/s.zip"),
        (
            "pylock.toml",
            pylock(direct(f'vcs = {{ type = "git", url = "https://git.example/s", commit-id = "{COMMIT}" }}')),
            f"git+https://git.example/s@{COMMIT}",
        ),
        ("pylock.toml", pylock(direct('directory = { path = "../starlette" }')), "../starlette"),
        (
            "requirements.txt",
            "starlette @ https://a.example/starlette-0.27.0-py3-none-any.whl#sha256=1",
            "https://a.example/starlette-0.27.0-py3-none-any.whl",
        ),
        (
            "requirements.txt",
            "./wheels/starlette-0.27.0-py3-none-any.whl",
            "./wheels/starlette-0.27.0-py3-none-any.whl",
        ),
    ],
)
def test_what_is_not_from_an_index_says_where_it_is_from(name: str, content: str, origin: str, tmp_path: Path) -> None:
    found = read(written(tmp_path, name, content)).starlette
    assert (found.version, found.origin) == ("0.27.0", origin)


def test_uv_pins_what_the_project_reaches_and_nothing_else(tmp_path: Path) -> None:
    file = uv_lock(
        package("[package.optional-dependencies]\nfull = [{ name = 'jinja2' }]\nmore = [{ name = 'unused' }]"),
        package(name="jinja2"),
        package(name="unused"),
        package(name="pytest"),
        package(name="colorama"),
    ).replace(
        'dependencies = [{ name = "starlette" }]',
        'dependencies = [{ name = "starlette", extra = ["full"] },'
        ' { name = "colorama", marker = "sys_platform == \'win32\'" }]\n'
        "[package.dev-dependencies]\ndev = [{ name = 'pytest' }]",
    )
    assert [pin.name for pin in read(written(tmp_path, "uv.lock", file)).pins] == ["jinja2", "pytest", "starlette"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("poetry.lock", poetry_lock(package("markers = 'extra == \"web\"'")) + "[extras]\nweb = ['starlette']\n"),
        ("poetry.lock", poetry_lock(package("markers = { main = 'sys_platform == \"win32\"', dev = '' }"))),
        ("pylock.toml", "extras = ['web']\n" + pylock(direct("marker = '\"web\" in extras'", SDIST))),
        (
            "pylock.toml",
            "dependency-groups = ['dev']\n" + pylock(direct("marker = '\"dev\" in dependency_groups'", SDIST)),
        ),
    ],
)
def test_what_an_extra_or_a_group_brings_is_pinned(name: str, content: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, name, content)).starlette.version == "0.27.0"


def test_the_older_lock_of_poetry_has_its_hashes_at_the_end(tmp_path: Path) -> None:
    file = (
        poetry_lock(package(), version="1.1", pythons="^3.9") + f'[metadata.files]\nstarlette = [{{hash = "{HASH}"}}]'
    )
    pins = read(written(tmp_path, "poetry.lock", file))
    assert pins.starlette == Pin("starlette", "0.27.0", (HASH,), 2)
    assert pins.indexes == ()


@pytest.mark.parametrize(
    ("written_as", "specifier"),
    [
        ("^3.9", ">=3.9,==3.*"),
        ("~3.9.1", ">=3.9.1,==3.9.*"),
        ("~3", ">=3,==3.*"),
        (">= 3.9, <4.0", ">=3.9,<4.0"),
        ("~=3.9", "~=3.9"),
        ("3.9.*", "==3.9.*"),
        ("*", ""),
        ("^3.9 || ^4.0", ">=3.9,==3.* || >=4.0,==4.*"),
        (">=3.9,<3.9.7|>3.9.7", ">=3.9,<3.9.7 || >3.9.7"),
        ("^3.9 || *", ""),
    ],
)
def test_poetrys_own_way_of_naming_pythons_is_understood(written_as: str, specifier: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, "poetry.lock", poetry_lock(package(), pythons=written_as))).python == specifier


def test_an_extra_that_pdm_lists_beside_its_package_is_the_same_pin(tmp_path: Path) -> None:
    file = pdm_lock(package(f'files = [{{hash = "{HASH}"}}]'), package('extras = ["full"]'))
    assert read(written(tmp_path, "pdm.lock", file)).pins == (Pin("starlette", "0.27.0", (HASH,), 4),)


@pytest.mark.parametrize("bounds", ["<0.28,==0.27.0", "==0.27.0,>=0.20,!=0.26.1", "== 0.27.0rc1, <0.28", "===0.27.0"])
def test_a_version_with_bounds_that_it_meets_is_a_pin(tmp_path: Path, bounds: str) -> None:
    (pin,) = read(written(tmp_path, "requirements.txt", f"starlette{bounds}\n")).pins
    assert pin.version in bounds


def test_a_requirements_file_is_read_as_pip_reads_it(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    written(tmp_path, "more/base.txt", "-r ../requirements.txt\n-c limits.txt\nAnyIO == 4.0.0\n")
    written(tmp_path, "more/limits.txt", "httpx==0.25.0\nh11<1\n")
    file = written(
        tmp_path,
        "requirements.txt",
        "# made by hand\n--index-url=https://me:secret@index.example/simple\n-i https://two.example\n"
        f"Starlette[full] == 0.27.0 ; python_version >= '3' \\\n    --hash={HASH} # why\n"
        f"Starlette==0.27.0 \\\n    --hash={HASH} \\\n    --hash=sha512:{'0' * 128}\n"
        "old==1; python_version < '3'\nunpinned>1; python_version < '3'\n-r more/base.txt\nhttpx\n-e .\n",
    )
    pins = read(file)
    assert pins.pins == (
        Pin("anyio", "4.0.0", line=11, index="https://two.example"),
        Pin("httpx", "0.25.0", line=11, index="https://two.example"),
        Pin("starlette", "0.27.0", (HASH, f"sha512:{'0' * 128}"), 4, index="https://two.example"),
    )
    assert pins.indexes == ("https://index.example/simple", "https://two.example")
    assert pins.unversioned == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("requirements.txt", "starlette==0.27.0\ninner @ git+https://git.example/inner@main\n"),
        ("requirements.txt", "starlette==0.27.0\n-e ./inner\n"),
        ("requirements.txt", "starlette==0.27.0\ngit+https://git.example/Inner.git@main\n"),
        ("requirements.txt", "starlette==0.27.0\n-e git+https://git.example/x@main#egg=inner\n"),
        (
            "uv.lock",
            uv_lock(
                package(), "[[package]]\nname = 'inner'\nsource = { directory = 'inner' }", needs="starlette inner"
            ),
        ),
        (
            "pylock.toml",
            pylock(direct('directory = { path = "s" }'), "[[packages]]\nname = 'inner'\ndirectory = { path = 'i' }"),
        ),
    ],
)
def test_what_has_no_version_is_named_without_one(name: str, content: str, tmp_path: Path) -> None:
    pins = read(written(tmp_path, name, content))
    assert [pin.name for pin in pins.pins] == ["starlette"]
    assert pins.unversioned == ("inner",)


TWO = (package(version="0.26.0"), package(version="0.27.0"))
CONDA = "version: 1\nmetadata:\n  platforms:\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("uv.lock", "", ": the file is empty"),
        ("requirements.txt", " \n\n", ": the file is empty"),
        ("uv.lock", b"version = 1\nx = '\xff'", ":2: this is no UTF-8 text: "),
        ("requirements.txt", "starlette==0.27.0\n".encode("utf-16-le"), ":1: there is a NUL byte"),
        ("requirements.txt", b"\xff\xfea\0=", ":1: this is no UTF-16 text: truncated data; save the file as UTF-8"),
        ("requirements.txt", "a==1\n\0", ":2: there is a NUL byte"),
        ("uv.lock", "version = 1\n[[package]]\nname = 'a", ":3: this is no TOML: "),
        ("uv.lock", "version = 1\n[[package]]\nx = [\n", ":3: this is no TOML: "),
        ("uv.lock", "x = " + "[" * 5000, ": something in it is nested too deeply; "),
        ("uv.lock", "version" + ".x" * 2000 + " = 1", ": something in it is nested too deeply; "),
        ("requirements.txt", f"a==1; {'(' * 5000}", ":1: "),
        ("uv.lock", "[project]\nname = 'shop'\n", ": this looks like a pyproject.toml, not a uv.lock; name "),
        ("pyproject.toml", "[project]\nname = 'shop'\n", ": this looks like a pyproject.toml; name "),
        ("uv.lock", poetry_lock(package()), ": this looks like a poetry.lock, not a uv.lock; "),
        ("poetry.lock", pdm_lock(package()), ": this looks like a pdm.lock, not a poetry.lock; "),
        ("pylock.prod.toml", uv_lock(package()), ": this looks like a uv.lock, not a pylock.toml; "),
        ("requirements.txt", uv_lock(package()), ": this looks like a uv.lock, not a requirements"),
        ("Pipfile.lock", '{"_meta": {}}', ": pipfile-spec = None; version 6 of Pipfile.lock can be read"),
        ("uv.lock", '{"_meta": {}}', ": this looks like a Pipfile.lock, not a uv.lock; "),
        ("Pipfile.lock", "starlette = 1", ": this looks like some other TOML, not a Pipfile.lock; "),
        ("uv.lock", '{"a": 1}', ": this looks like JSON, not a uv.lock; "),
        ("conda-lock.yml", CONDA, ": there are neither dependencies nor packages in it; name an environment"),
        ("ci.yml", "on: push\n", ": this looks like a requirements.txt, not a file of conda or pixi; "),
        ("other.toml", "a = 1\n", ": this looks like some other TOML; "),
        ("uv.lock", "version = 99\n", ": version = 99; version 1 of uv.lock can be read"),
        ("uv.lock", "a = 1\n", ": version = None; version 1 of uv.lock can be read"),
        ("poetry.lock", poetry_lock(version="9.0"), ": lock-version = '9.0'; versions 1 and 2"),
        ("poetry.lock", package(), ": lock-version = None; versions 1 and 2"),
        ("pdm.lock", pdm_lock(version="9"), ": lock_version = '9'; versions 3 and 4"),
        ("pylock.toml", pylock(version="9.0"), ": pylock version 9.0 is not supported; version 1"),
        ("uv.lock", "version = 1\npackage = 3\n", ": package is 3; a lock has [[package]] tables"),
        ("uv.lock", "version = 1\n[[package]]\nname = 3\n", ":3: name = 3; a lock has text there"),
        ("uv.lock", uv_lock(package("dependencies = 3")), ":10: dependencies = 3; a lock has a list there"),
        ("uv.lock", uv_lock(package("dependencies = [3]")), ":10: dependencies = [3]; a lock has a list of tables"),
        (
            "uv.lock",
            uv_lock(package("resolution-markers = [3]")),
            ":10: resolution-markers = [3]; a lock has a list of",
        ),
        ("uv.lock", uv_lock(package("resolution-markers = ['no']")), ":10: "),
        ("uv.lock", uv_lock(package("resolution-markers = [\"foo == '1'\"]")), ":10: "),
        ("uv.lock", uv_lock(package("source = { git = 'https://[' }")), ":10: "),
        ("uv.lock", uv_lock(needs="starlette"), ":4: needs 'starlette', which is not in the lock; "),
        ("uv.lock", "version = 1\n" + package(), ": no package in it is the project itself; "),
        ("uv.lock", uv_lock(package(version="new")), ":10: 'new' is not a version; "),
        ("poetry.lock", poetry_lock("[[package]]\nname = 'starlette'"), ":2: version is missing; "),
        ("poetry.lock", poetry_lock(package(name="-")), ":2: "),
        ("poetry.lock", poetry_lock(package(), pythons="new"), ": "),
        ("pdm.lock", pdm_lock(package("files = [{hash = 'md5:1'}]")), ":4: 'md5:1' is no hash; it is written sha256:"),
        ("pdm.lock", pdm_lock(package("files = [{}]")), ":4: hash is missing; "),
        ("pylock.toml", pylock(direct("marker = 3")), ":4: Unexpected type int (expected str) in 'packages[0]"),
        (
            "pylock.toml",
            pylock(direct("archive = { url = 'https://a.example', hashes = { sha256 = '1' } }")),
            ":4: 'sha256:1' is no",
        ),
        ("requirements.txt", "a==1\nstarlette>=0.27\n", ":2: 'starlette>=0.27' pins no single version; write"),
        ("requirements.txt", "starlette\n", ":1: 'starlette' pins no single version; "),
        ("requirements.txt", "starlette==0.27.*\n", ":1: 'starlette==0.27.*' pins no single version; "),
        ("requirements.txt", "starlette==0.27.0,<0.27\n", ":1: 'starlette==0.27.0,<0.27' pins no single version; "),
        ("requirements.txt", "starlette==0.27,==0.28\n", ":1: 'starlette==0.27,==0.28' pins no single version; "),
        ("requirements.txt", "starlette==0.27.0 --hash=sha256:1\n", ":1: 'sha256:1' is no hash; "),
        ("requirements.txt", f"starlette[{'a' * 999}]", f":1: 'starlette[{'a' * 46}... pins no single version; "),
        ("requirements.txt", f"starlette==1+{'a' * 1000}\nstarlette==1", ":1: pins starlette 1+aaa"),
        ("requirements.txt", "starlette===new\n", ":1: 'new' is not a version; "),
        ("requirements.txt", "starlette=0.27.0=py_0\n", ":1: 'starlette=0.27.0=py_0' is no requirement; "),
        ("requirements.txt", "--frobnicate\n", ":1: '--frobnicate' is no option of a requirements file; "),
        ("requirements.txt", "--\n", ":1: '--' is no option"),
        ("requirements.txt", "a==1\n-r ../other.txt\n", ":2: '../other.txt' is not below the folder of the"),
        (
            "requirements.txt",
            "-rhttps://me:secret@a.example/b.txt\n",
            ": pins no starlette for Python 3.11.7, and what https://a.example/b.txt pins is never fetched: nothing",
        ),
        ("requirements.txt", "-r\n", ":1: '' is not below the folder"),
        (
            "requirements.txt",
            "starlette @ git+https://me:secret@git.example/s@main",
            ":1: 'git+https://git.example/s@main' does not say",
        ),
        ("requirements.txt", "-i https://[\n", ":1: "),
        ("requirements.txt", "anyio==4.0.0\n", ": pins no starlette for Python 3.11.7: nothing to compare; "),
        ("uv.lock", uv_lock(package(name="anyio"), needs="anyio"), ": pins no starlette for Python 3.11.7: nothing"),
        ("uv.lock", uv_lock(*TWO), ":10: pins starlette 0.26.0, and line 14 pins starlette 0.27.0: both apply to"),
        ("poetry.lock", poetry_lock(*TWO), ":2: pins starlette 0.26.0, and line 6 pins starlette 0.27.0: both"),
        ("pdm.lock", pdm_lock(*TWO), ":4: pins starlette 0.26.0, and line 8 pins"),
        (
            "requirements.txt",
            "starlette==1.0\nstarlette==1.1\n",
            ":1: pins starlette 1.0, and line 2 pins starlette 1.1",
        ),
    ],
    ids=count(),
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(
    name: str, content: str | bytes, said: str, tmp_path: Path
) -> None:
    message = refusal(written(tmp_path, name, content))
    assert message.startswith(f"{name}{said}")
    assert ";" in message


def test_a_package_that_no_longer_supports_the_python_gives_way_to_another_one(tmp_path: Path) -> None:
    old, new = package('python-versions = ">=3.7,<3.9"'), package('python-versions = ">=3.9"', version="0.28.0")
    file = written(tmp_path, "poetry.lock", poetry_lock(old, new, version="2.0"))
    assert [read(file, python).starlette.version for python in ("3.8.1", "3.11.7")] == ["0.27.0", "0.28.0"]


def test_a_marker_for_another_interpreter_leaves_no_starlette(tmp_path: Path) -> None:
    file = written(tmp_path, "poetry.lock", poetry_lock(package("markers = \"python_version < '3.9'\"")))
    assert "pins no starlette for Python 3.11.7" in refusal(file)
    assert read(file, "3.8.1").starlette.version == "0.27.0"


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    assert refusal(tmp_path / "folder") == "folder: this is a directory; name the lock file in it"
    assert refusal(tmp_path / "pipe") == "pipe: this is no regular file; name a lock file"
    assert refusal(tmp_path / "absent.lock").startswith("absent.lock: cannot be read: No such file or directory; ")
    assert refusal(tmp_path / "loop").startswith("loop: cannot be read: ")
    assert refusal(tmp_path / "a\0b").startswith("a\0b: cannot be read: ")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "uv.lock"
    with path.open("wb") as file:
        file.truncate(document.LARGEST + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    assert refusal(path) == f"uv.lock: {document.LARGEST + 1} bytes; a lock file has no more than {document.LARGEST}"


def test_an_included_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, "requirements.txt", "-r absent.txt\n")
    assert refusal(file).startswith("absent.txt: cannot be read: No such file or directory; ")


def test_an_included_file_may_not_leave_the_folder_by_a_link(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    written(tmp_path, "outside.txt", "starlette==0.27.0")
    (inside / "linked.txt").symlink_to("../outside.txt")
    file = written(inside, "requirements.txt", "-r linked.txt")
    assert refusal(file).startswith("requirements.txt:1: 'linked.txt' is not below the folder of the lock; ")
