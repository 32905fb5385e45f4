"""What is left open in a lock refuses it only where it matters; and the locks of other tools are read, too."""

import json
from pathlib import Path

import pytest

from harness.support.errors import UserError
from harness.upgrade.locks import extras, read_lock
from harness.upgrade.pins import CONDA, Pin, Unsettled
from tests.upgrade.test_lock_files import (
    HASH,
    SDIST,
    direct,
    markers,
    package,
    pdm_lock,
    poetry_lock,
    pylock,
    read,
    refusal,
    uv_lock,
    written,
)

STARLETTE = package()
TWICE = (package(name="recorder", version="5.1.0"), package(name="recorder", version="6.0.2"))


def without_line(unsettled: tuple[Unsettled, ...]) -> list[tuple[str, str]]:
    return [(each.name, each.version) for each in unsettled]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("poetry.lock", poetry_lock(STARLETTE, *TWICE, version="2.0")),
        ("pdm.lock", pdm_lock(STARLETTE, *TWICE)),
        ("uv.lock", uv_lock(STARLETTE, *TWICE, needs="starlette recorder")),
        ("requirements.txt", "starlette==0.27.0\nrecorder==5.1.0\nrecorder==6.0.2\n"),
    ],
)
def test_two_versions_of_what_nobody_needs_are_told_and_refuse_nothing(name: str, content: str, tmp_path: Path) -> None:
    file = written(tmp_path, name, content)
    pins = read(file)
    assert (str(pins.starlette), "recorder" in pins) == ("starlette==0.27.0", False)
    (told,) = pins.unsettled
    assert (told.name, told.version) == ("recorder", "5.1.0 or 6.0.2")
    assert told.reason == "the lock has it in more than one way for Python 3.11.7"
    with pytest.raises(UserError, match=rf"{name}:\d+: pins recorder 5.1.0, and line \d+ pins recorder 6.0.2: both"):
        read_lock(file, markers("3.11.7"), {"recorder"})


@pytest.mark.parametrize("name", ["anyio", "typing-extensions"])
def test_two_versions_of_what_starlette_depends_on_refuse_a_lock(name: str, tmp_path: Path) -> None:
    both = package(name=name, version="3.0"), package(name=name, version="4.0")
    file = written(tmp_path, "poetry.lock", poetry_lock(STARLETTE, *both, version="2.0"))
    assert refusal(file).startswith(f"poetry.lock:6: pins {name} 3.0, and line 10 pins {name} 4.0: both apply to")


@pytest.mark.parametrize("line", ["numpy>=2.3,<2.5; python_version >= '3'", "numpy", "numpy==2.*"])
def test_a_requirement_without_a_version_refuses_only_where_it_is_needed(line: str, tmp_path: Path) -> None:
    file = written(tmp_path, "requirements.txt", f"anyio==4.4.0\nstarlette==0.41.2\n{line}\n")
    (told,) = read(file).unsettled
    assert (told.name, told.reason) == ("numpy", "the lock pins no single version of it")
    with pytest.raises(UserError, match=r"requirements.txt:3: .numpy.* pins no single version; write one such as"):
        read_lock(file, markers("3.11.7"), ["numpy"])
    assert "anyio>=4" in refusal(written(tmp_path, "other.txt", "starlette==0.41.2\nanyio>=4\n"))


def conflicting(*packages: str, project: str, conflicts: str) -> str:
    head = (
        f'version = 1\nrequires-python = ">=3.8"\nconflicts = {conflicts}\n[[package]]\nname = "app"\nversion = "1"\n'
    )
    return "\n".join([f'{head}source = {{ virtual = "." }}\n{project}', *packages])


CPU_OR_GPU = '[[{ package = "app", extra = "cpu" }, { package = "app", extra = "gpu" }]]'
EITHER = """dependencies = [{ name = "starlette" }]
[package.optional-dependencies]
cpu = [{ name = "NAME", version = "3.0" }]
gpu = [{ name = "NAME", version = "4.0" }]
"""


def versions(name: str) -> tuple[str, str]:
    return package(name=name, version="3.0"), package(name=name, version="4.0")


def test_of_extras_that_conflict_one_counts_at_a_time(tmp_path: Path) -> None:
    text = conflicting(STARLETTE, *versions("tensors"), project=EITHER.replace("NAME", "tensors"), conflicts=CPU_OR_GPU)
    pins = read(written(tmp_path, "uv.lock", text))
    assert [str(pin) for pin in pins.pins] == ["starlette==0.27.0"]
    assert without_line(pins.unsettled) == [("tensors", "3.0 or 4.0")]
    text = conflicting(STARLETTE, *versions("anyio"), project=EITHER.replace("NAME", "anyio"), conflicts=CPU_OR_GPU)
    assert ": pins anyio 3.0, and line " in refusal(written(tmp_path, "uv.lock", text))


@pytest.mark.parametrize(
    ("marker", "reached"),
    [
        ("extra == 'group-3-app-dev'", True),
        ("extra != 'group-3-app-dev'", True),
        ("extra == 'group-3-app-dev' and extra == 'extra-3-app-tasks'", False),
        ("extra == 'group-3-app-dev' and extra != 'extra-3-app-tasks'", True),
        ("extra != 'group-3-app-dev' and extra != 'extra-3-app-tasks'", False),
        ("extra == 'extra-3-app-other'", True),
        ("(python_version < '3' and extra == 'group-3-app-dev') or extra == 'project-3-app'", True),
        ("python_version < '3' and extra == 'group-3-app-dev'", False),
    ],
)
def test_the_marker_of_an_extra_holds_where_that_extra_counts(marker: str, reached: bool, tmp_path: Path) -> None:
    project = f'dependencies = [{{ name = "starlette" }}, {{ name = "server", marker = "{marker}" }}]'
    conflicts = '[[{ package = "app", group = "dev" }, { package = "app", extra = "tasks" }]]'
    text = conflicting(STARLETTE, package(name="server"), project=project, conflicts=conflicts)
    assert ("server" in read(written(tmp_path, "uv.lock", text))) == reached


def test_a_version_that_is_bound_to_an_extra_goes_with_it(tmp_path: Path) -> None:
    """So uv writes what everybody needs, and each extra in another version."""
    project = """dependencies = [
    { name = "anyio", version = "3.0", marker = "extra == 'extra-3-app-cpu'" },
    { name = "anyio", version = "3.0", marker = "extra != 'extra-3-app-cpu' and extra != 'extra-3-app-gpu'" },
    { name = "starlette" },
]
[package.optional-dependencies]
cpu = [{ name = "left" }, { name = "app", extra = ["gpu"] }]
gpu = [{ name = "right" }]
"""
    text = conflicting(
        STARLETTE,
        *versions("anyio"),
        package(name="left"),
        package(name="right"),
        project=project,
        conflicts=CPU_OR_GPU,
    )
    found = read(written(tmp_path, "uv.lock", text))
    assert [str(pin) for pin in found.pins] == ["anyio==3.0", "left==0.27.0", "right==0.27.0", "starlette==0.27.0"]


BOTH = "{ name = 'x', marker = \"extra == 'extra-3-app-cpu' and extra == 'extra-3-app-gpu'\" }"
ONLY = "{ name = 'x', marker = \"extra == 'extra-3-app-NAME'\" }"


@pytest.mark.parametrize(
    ("cpu", "gpu", "left", "right", "reached"),
    [
        ("left", "right", BOTH, BOTH, False),
        ("left", "right", ONLY.replace("NAME", "gpu"), "", False),
        ("left", "right", "", ONLY.replace("NAME", "cpu"), False),
        ("left", "right", ONLY.replace("NAME", "cpu"), "", True),
        ('app", extra = ["gpu"], x = "', "right", "", ONLY.replace("NAME", "cpu"), False),
    ],
    ids=["both", "left with the other", "right with the other", "with its own", "by way of the project"],
)
def test_what_an_extra_brings_is_reached_with_that_extra_alone(
    cpu: str, gpu: str, left: str, right: str, reached: bool, tmp_path: Path
) -> None:
    extras = f'[package.optional-dependencies]\ncpu = [{{ name = "{cpu}" }}]\ngpu = [{{ name = "{gpu}" }}]\n'
    project = f"dependencies = [{{ name = 'starlette' }}]\n{extras}"
    packages = package(f"dependencies = [{left}]", name="left"), package(f"dependencies = [{right}]", name="right")
    text = conflicting(STARLETTE, *packages, package(name="x"), project=project, conflicts=CPU_OR_GPU)
    assert ("x" in read(written(tmp_path, "uv.lock", text))) == reached


def test_what_a_member_brings_is_reached_with_that_member_alone(tmp_path: Path) -> None:
    needs = "dependencies = [{ name = 'starlette' }, { name = 'x', marker = \"extra == 'project-1-b'\" }]"
    a = package('source = { editable = "a" }', needs, name="a")
    b = package('source = { editable = "b" }', "dependencies = [{ name = 'starlette' }]", name="b")
    head = 'version = 1\nconflicts = [[{ package = "a" }, { package = "b" }]]\n[manifest]\nmembers = ["a", "b"]'
    text = "\n".join([head, a, b, STARLETTE, package(name="x")])
    assert "x" not in read(written(tmp_path, "uv.lock", text))


def test_members_of_a_workspace_may_conflict_as_a_whole(tmp_path: Path) -> None:
    members = ['[manifest]\nmembers = ["a", "b"]']
    for name, version in (("a", "3.0"), ("b", "4.0")):
        needs = f'dependencies = [{{ name = "starlette" }}, {{ name = "tensors", version = "{version}" }}]'
        members.append(package(f'source = {{ editable = "{name}" }}', needs, name=name))
    both = '[[{ package = "a" }, { package = "b" }]]'
    text = "\n".join(["version = 1", f"conflicts = {both}", *members, STARLETTE, *versions("tensors")])
    pins = read(written(tmp_path, "uv.lock", text))
    assert (str(pins.starlette), without_line(pins.unsettled)) == ("starlette==0.27.0", [("tensors", "3.0 or 4.0")])


@pytest.mark.parametrize(
    ("conflicts", "said"),
    [
        ("3", ": conflicts = 3; a uv.lock has a list of lists there"),
        ("[3]", ": conflicts = 3; a lock has a list there"),
        ("[[3]]", ": conflicts = [3]; a lock has a list of tables there"),
        ("[[{ extra = 'a' }]]", ": package is missing; "),
        (
            str([[{"package": "app", "extra": f"e{number}"} for number in range(extras.MOST + 1)]]).replace(
                "':", "' ="
            ),
            f": conflicts name {extras.MOST + 1} extras and groups; no more than",
        ),
    ],
)
def test_conflicts_that_are_none_are_refused(conflicts: str, said: str, tmp_path: Path) -> None:
    text = conflicting(STARLETTE, project='dependencies = [{ name = "starlette" }]', conflicts=conflicts)
    assert refusal(written(tmp_path, "uv.lock", text)).startswith(f"uv.lock{said}")


def test_poetry_without_a_lock_version_is_read(tmp_path: Path) -> None:
    """Up to 1.0 it wrote none, and up to 0.12 bare digests."""
    old = '\n[metadata]\ncontent-hash = "0"\npython-versions = "^3.7"\n'
    gone = package("marker = \"python_version < '3.8'\"", name="importlib-metadata")
    files = f'[metadata.files]\nstarlette = [{{file = "s", hash = "{HASH}"}}]\n'
    pins = read(written(tmp_path, "poetry.lock", STARLETTE + gone + old + files))
    assert pins.pins == (Pin("starlette", "0.27.0", (HASH,), 2),)
    assert pins.python == ">=3.7,==3.*"
    oldest = f'{old}[metadata.hashes]\nstarlette = ["{HASH[7:]}"]\n'
    assert read(written(tmp_path, "poetry.lock", STARLETTE + oldest)).starlette.hashes == (HASH,)
    assert read(written(tmp_path, "what-we-run", STARLETTE + oldest)).starlette.version == "0.27.0"


def test_alternatives_of_pythons_are_told_apart(tmp_path: Path) -> None:
    only_old = package('python-versions = "~2.7 || >=3.7,<3.9"', version="0.26.0")
    text = poetry_lock(only_old, package('python-versions = ">=3.9"'), version="2.0", pythons="^3.8 || ^3.10")
    file = written(tmp_path, "poetry.lock", text)
    assert [read(file, python).starlette.version for python in ("3.8.18", "3.11.7")] == ["0.26.0", "0.27.0"]
    assert read(file).python == ">=3.8,==3.* || >=3.10,==3.*"
    targets = '[[metadata.targets]]\nrequires_python = "==3.9.*"\n[[metadata.targets]]\nrequires_python = ">=3.12"\n'
    file = written(tmp_path, "pdm.lock", f'[metadata]\nlock_version = "4.5.0"\n{targets}{STARLETTE}')
    assert read(file).python == "==3.9.* || >=3.12"


@pytest.mark.parametrize("name", ["pylock.toml", "uv.lock", "poetry.lock", "pylock.prod.toml"])
def test_requirements_under_the_name_of_a_lock_are_read(name: str, tmp_path: Path) -> None:
    text = f"# uv export -o {name}\n-e .\nanyio==4.9.0\n    # via starlette\nstarlette[full]==0.46.2 --hash={HASH}\n"
    assert [str(pin) for pin in read(written(tmp_path, name, text)).pins] == ["anyio==4.9.0", "starlette==0.46.2"]


def test_toml_1_1_is_read(tmp_path: Path) -> None:
    over_lines = package(f'sdist = {{\n  url = "s.tar.gz", # why\n  hash = "{HASH}",\n}}', 'x = "\\e[1m\\x41"')
    starlette = read(written(tmp_path, "uv.lock", uv_lock(over_lines))).starlette
    assert (starlette.hashes, starlette.line) == ((HASH,), 10)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_what_the_text_is(encoding: str, tmp_path: Path) -> None:
    """PowerShell writes UTF-16 where the output of `pip freeze` is sent into a file."""
    content = "anyio==4.4.0\r\nstarlette==0.41.2\r\n".encode(encoding)
    assert read(written(tmp_path, "requirements.txt", content)).starlette == Pin("starlette", "0.41.2", line=2)
    big = b"\xfe\xff" + "starlette==0.41.2\r\n".encode("utf-16-be")
    assert read(written(tmp_path, "requirements.txt", big)).starlette.version == "0.41.2"


@pytest.mark.parametrize("option", ["-r", "-c", "--requirement=", "--constraint "])
def test_a_file_that_is_included_by_its_address_is_named_and_never_read(option: str, tmp_path: Path) -> None:
    text = f"{option}https://me:secret@a.example/limits.txt\nstarlette==0.27.0\n"
    pins = read(written(tmp_path, "requirements.txt", text))
    assert (str(pins.starlette), pins.unread) == ("starlette==0.27.0", ("https://a.example/limits.txt",))


def test_a_file_beside_it_is_read_by_its_relative_path(tmp_path: Path) -> None:
    written(tmp_path, "base.txt", "starlette==0.27.0\n")
    written(tmp_path, "limits.txt", "anyio==4.4.0\n")
    pins = read(written(tmp_path, "requirements.txt", "-r ./base.txt\n-c limits.txt\nanyio\n"))
    assert [str(pin) for pin in pins.pins] == ["anyio==4.4.0", "starlette==0.27.0"]


def test_where_a_distribution_may_be_from_is_kept(tmp_path: Path) -> None:
    one = read(written(tmp_path, "requirements.txt", "-i https://me:s@one.example/\nstarlette==0.27.0\n"))
    assert (one.starlette.index, one.extra_indexes) == ("https://one.example/", ())
    text = "-i https://one.example\n--extra-index-url https://me:s@two.example\n-f ./wheels\nstarlette==0.27.0\n"
    two = read(written(tmp_path, "requirements.txt", text))
    assert (two.starlette.index, two.extra_indexes) == ("", ("https://two.example", "./wheels"))
    assert two.indexes == ("https://one.example", "https://two.example")
    source = '[package.source]\ntype = "legacy"\nurl = "https://me:s@one.example"\nreference = "one"'
    assert read(written(tmp_path, "poetry.lock", poetry_lock(package(source)))).starlette.index == "https://one.example"
    source = 'source = { registry = "https://me:s@one.example" }'
    assert read(written(tmp_path, "uv.lock", uv_lock(package(source)))).starlette.index == "https://one.example"
    source = f"index = 'https://me:s@one.example'\n{SDIST}"
    assert read(written(tmp_path, "pylock.toml", pylock(direct(source)))).starlette.index == "https://one.example"


def pipfile(**packages: object) -> str:
    sources = [{"name": "main", "url": "https://me:s@one.example"}, {"name": "own", "url": "https://two.example"}]
    meta = {"pipfile-spec": 6, "requires": {"python_version": "3.11"}, "sources": sources}
    return json.dumps({"_meta": meta, "default": packages, "develop": {}}, indent=4)


def test_pipenvs_lock_is_read(tmp_path: Path) -> None:
    text = pipfile(
        starlette={"hashes": [HASH], "markers": "python_version >= '3.7'", "version": "==0.27.0"},
        Old={"version": "==1", "markers": "python_version < '3'"},
        Acme_Own={"version": "==2", "index": "own"},
        shop={"path": ".", "editable": True},
        forked={"git": "https://me:s@git.example/f", "ref": "f" * 40},
        wheel={"file": "https://a.example/wheel-3-py3-none-any.whl", "version": "==3"},
    ).replace('"develop": {}', '"docs": {"anyio": {"version": "==3.7.1"}}')
    pins = read(written(tmp_path, "Pipfile.lock", text))
    lines = text.split("\n")
    assert pins.pins == (
        Pin("acme-own", "2", line=lines.index('        "Acme_Own": {') + 1, index="https://two.example"),
        Pin("anyio", "3.7.1", line=pins.pins[1].line, index="https://one.example"),
        Pin("starlette", "0.27.0", (HASH,), lines.index('        "starlette": {') + 1, index="https://one.example"),
        Pin("wheel", "3", line=pins.pins[3].line, origin="https://a.example/wheel-3-py3-none-any.whl"),
    )
    assert (pins.python, pins.unversioned) == ("==3.11.*", ("forked",))
    assert pins.indexes == ("https://one.example", "https://two.example")
    blank = read(written(tmp_path, "Pipfile.lock", text.replace('"==2"', '"*"')))
    assert (without_line(blank.unsettled), "acme-own" in blank) == ([("acme-own", "*")], False)
    exact = text.replace('"python_version": "3.11"', '"python_full_version": "3.11.4"')
    assert read(written(tmp_path, "Pipfile.lock", exact)).python == "==3.11.4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"_meta": {\n', ":2: this is no JSON: Expecting property name enclosed in double quotes; write the lock"),
        (pipfile(starlette={"version": "*"}), ":19: version = '*'; a lock has one such as '==0.27.0'"),
        (pipfile(starlette={"version": "==new"}), ":19: 'new' is not a version; "),
        (pipfile(starlette={"version": "==1", "hashes": ["sha256:1"]}), ":19: 'sha256:1' is no hash; "),
        (pipfile(starlette={"version": "==1", "markers": "new"}), ":19: "),
        (pipfile(starlette=3), ": starlette = 3; a lock has a table there"),
        (pipfile(**{"-": {}}), ":19: "),
        (pipfile(**{"git-only": {"git": "https://["}}), ":19: "),
        (pipfile(anyio={"version": "==3.7.1"}), ": pins no starlette for Python 3.11.7: nothing to compare; "),
        (pipfile().replace('"3.11"', '"new"'), ": "),
        (pipfile().replace('"3.11"', "3.11"), ": python_version = 3.11; a lock has text there"),
    ],
)
def test_what_is_wrong_with_pipenvs_lock_is_said(text: str, said: str, tmp_path: Path) -> None:
    message = refusal(written(tmp_path, "Pipfile.lock", text))
    assert message.startswith(f"Pipfile.lock{said}")
    assert ";" in message


ENVIRONMENT = """name: shop
channels: [conda-forge]
dependencies:
  - python=3.11
  - conda-forge::anyio=3.7.1=py_0
  - openssl=1.1.1w=0
  - numpy>=2
  - typing_extensions==4.8.0
  - trio 0.22.0
  - sniffio[version='1.3.0', build=py_0]
  - pip
  - pip:
    - -c limits.txt
    - starlette==0.27.0
    - trio==0.23.1
"""


def test_an_environment_of_conda_is_read_with_what_pip_installs_in_it(tmp_path: Path) -> None:
    written(tmp_path, "limits.txt", "idna==3.4\n")
    pins = read(written(tmp_path, "environment.yml", ENVIRONMENT))
    assert pins.pins == (
        Pin("anyio", "3.7.1", line=5, index=CONDA),
        Pin("idna", "3.4", line=13),
        Pin("sniffio", "1.3.0", line=10, index=CONDA),
        Pin("starlette", "0.27.0", line=14),
        Pin("trio", "0.23.1", line=15),
        Pin("typing-extensions", "4.8.0", line=8, index=CONDA),
    )
    assert pins.python == "==3.11.*"
    assert without_line(pins.unsettled) == [("numpy", ">=2"), ("openssl", "1.1.1w")]


@pytest.mark.parametrize(
    ("written_as", "version"),
    [
        ("starlette=0.27.0", "0.27.0"),
        ("starlette =0.27.0", "0.27.0"),
        ("starlette==0.27.0", "0.27.0"),
        ("starlette=0.27.0=pyhd8ed1ab_0", "0.27.0"),
        ("starlette 0.27.0 pyhd8ed1ab_0", "0.27.0"),
        ("conda-forge/noarch::starlette==0.27", "0.27"),
        ("starlette=0.27", None),
        ("starlette", None),
        ("starlette>=0.27,<0.28", None),
        ("starlette=0.27.*", None),
    ],
)
def test_a_starlette_of_condas_is_pinned_where_it_is_one_version(
    written_as: str, version: str | None, tmp_path: Path
) -> None:
    file = written(tmp_path, "environment.yaml", f"dependencies:\n  - python>=3.9, <3.13\n  - '{written_as}'\n")
    if version:
        pins = read(file)
        assert (pins.starlette, pins.python) == (Pin("starlette", version, line=3, index=CONDA), ">=3.9,<3.13")
    else:
        assert refusal(file).startswith(f"environment.yaml:3: '{written_as}' pins no single version; write one such as")


def locked(*entries: str) -> str:
    return "version: 1\nmetadata: {platforms: [linux-64, osx-arm64]}\npackage:\n" + "".join(entries)


def entry(name: str, version: str, manager: str = "conda", platform: str = "linux-64", digest: str = HASH[7:]) -> str:
    head = f"- name: {name}\n  version: {version}\n  manager: {manager}\n  platform: {platform}\n"
    return (
        f"{head}  dependencies: {{python: '>=3.7'}}\n  url: https://a.example/{name}\n  hash: {{sha256: '{digest}'}}\n"
    )


def test_a_conda_lock_is_read_for_this_platform(tmp_path: Path) -> None:
    text = locked(
        entry("python", "3.11.5"),
        entry("anyio", "3.7.1"),
        entry("anyio", "3.0.0", platform="osx-arm64"),
        entry("ca-certificates", "2023.7.22"),
        entry("starlette", "0.27.0", "pip"),
    )
    pins = read(written(tmp_path, "conda-lock.yml", text))
    assert pins.pins == (
        Pin("anyio", "3.7.1", line=11, index=CONDA),
        Pin("ca-certificates", "2023.7.22", line=25, index=CONDA),
        Pin("starlette", "0.27.0", (HASH,), 32),
    )
    assert pins.python == "==3.11.*"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dependencies: [\n", ":2: this is no YAML: "),
        ("dependencies:\n - a: b: c\n", ":2: this is no YAML: mapping values are not allowed in this context; name"),
        ("dependencies:\n - starlette\x07\n", ": this is no YAML: "),
        ("@EXPLICIT\nhttps://a.example/starlette-0.27.0-py_0.conda#1\n", ": this is an explicit list of conda, of"),
        ("version: 6\nenvironments: {}\npackages: []\n", ": this is a lock of pixi, which cannot be read; "),
        ("dependencies:\n - '=='\n", ":2: '==' is no package of conda; write one such as starlette=0.27.0"),
        ("dependencies:\n - python=new\n", ":2: "),
        ("dependencies:\n - pip:\n   - star lette\n", ":3: 'star lette' is no requirement; "),
        ("dependencies:\n - anyio=3.7.1\n", ": pins no starlette for Python 3.11.7: nothing to compare; "),
        ("dependencies: 3\n", ": pins no starlette"),
        ("channels: [a]\n", ": there are neither dependencies nor packages in it; "),
        (locked("- name: starlette\n"), ":4: version is missing; "),
        (locked(entry("starlette", "new", "pip")), ":4: 'new' is not a version; "),
        (locked(entry("starlette", "new")), ":4: 'starlette new' pins no single version; "),
        (locked(entry("starlette", "0.27.0", "pip", digest="1")), ":4: 'sha256:1' is no hash; "),
        ("dependencies: " + "[" * 5000, ":1: this is no YAML: exceeded maximum nesting depth; "),
    ],
)
def test_what_is_wrong_with_a_file_of_condas_is_said(text: str, said: str, tmp_path: Path) -> None:
    message = refusal(written(tmp_path, "environment.yml", text))
    assert message.startswith(f"environment.yml{said}")
    assert ";" in message
