"""Tiny wheels of fake Starlette releases, each named for what it does."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

# What every miniature holds where its own files do not say otherwise.
_FIXED = {
    "__init__.py": '__version__ = "{version}"\n',
    "py.typed": "",
    "greeting.py": 'def greet(name: str) -> str:\n    return f"Hello, {name}!"\n',
    "farewell.py": "class Farewell:\n    def words(self, name: str) -> str:\n        return name\n",
}


def _greets_by(statements: str) -> Mapping[str, str | None]:
    body = "".join(f"    {line}\n" for line in statements.splitlines())
    return {"greeting.py": f'import os, sys, threading\n\n\ndef greet(name: str) -> str:\n{body}    return "hm"\n'}


# Words that steer a terminal, a log or a page, if they are let.
HOSTILE = (
    "nobody\x1b]0;owned\x07\x1b[31m \u202e ::error file=a:b::owned ##[error]owned ##vso[task.x]\0[red]owned[/red] "
    "</failure> ]]> <script>alert(1)</script> **b** @user\n::error::owned\r##[error]owned"
)
# Files of the package by miniature; None takes one away.
MINIATURES: Mapping[str, Mapping[str, str | None]] = {
    "fixed": {},
    "has_bug": {
        **_greets_by('raise AssertionError("nobody is greeted")'),
        "farewell.py": "class Farewell:\n    def words(self, name: str) -> bytes:\n        return name.encode()\n",
    },
    "raises_elsewhere": {
        **_greets_by("from starlette.elsewhere import refuse\nrefuse()"),
        "elsewhere.py": 'def refuse() -> None:\n    raise AssertionError("nobody is greeted")\n',
    },
    "fails_to_import": {
        "greeting.py": (
            "from starlette.nowhere import nothing\n\n\ndef greet(name: str) -> str:\n    return str(nothing)\n"
        )
    },
    "lacks_the_module": {"greeting.py": None},
    "lies_about_its_version": {"__init__.py": '__version__ = "0.0.1"\n'},
    "hangs": _greets_by("threading.Event().wait()"),
    "dies": _greets_by("os.kill(os.getpid(), 9)"),
    "leaves": _greets_by("sys.exit(0)"),
    "vanishes": _greets_by("os._exit(0)"),
    "prints_garbage": _greets_by(r'print("}{ garbage \0")'),
    "forks": _greets_by("if os.fork() == 0:\n    os._exit(0)\nos.wait()"),
    "untyped": {**_greets_by('raise AssertionError("nobody is greeted")'), "py.typed": None},
    "takes_numbers": {
        "farewell.py": "class Farewell:\n    def words(self, name: int) -> str:\n        return str(name)\n"
    },
    "says_strange_things": _greets_by(r'raise ValueError("\udc80 \0 [red] \n \x1b[31m </failure> ]]>")'),
    "says_much": _greets_by('raise AssertionError("a" * 5000 + "b")'),
    "says_hostile_things": _greets_by(f"raise AssertionError({HOSTILE!r})"),
    "has_no_base": {
        "farewell.py": (
            "try:\n    from nowhere_installed import Base\nexcept ImportError:\n    Base = object\n\n\n"
            "class Farewell(Base):\n    def words(self, name: str) -> str:\n        return name\n"
        )
    },
    # Takes a while to install: something to interrupt.
    "is_bulky": {f"part_{number}.py": f"NUMBER = {number}\n" * 40 for number in range(1500)},
    "needs_a_helper": {
        "greeting.py": "import tiny_helper\n\n\ndef greet(name: str) -> str:\n    return str(tiny_helper.HELP)\n"
    },
}


def starlette_files(miniature: str, version: str) -> dict[str, str]:
    """The files of a miniature's package, by path."""
    files = {**_FIXED, **MINIATURES[miniature]}
    return {f"starlette/{name}": text.replace("{version}", version) for name, text in files.items() if text is not None}


def write_wheel(
    folder: Path, name: str, version: str, files: Mapping[str, str], requires: Iterable[str] = (), python: str = ""
) -> Path:
    """Write a wheel of *files* into *folder*: the same bytes whenever it is written."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {each}\n" for each in requires)
    metadata += f"Requires-Python: {python}\n" if python else ""
    wheel = "Wheel-Version: 1.0\nGenerator: miniatures\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    contents = {**files, f"{info}/METADATA": metadata, f"{info}/WHEEL": wheel}
    record = [f"{path},sha256={_digest(text)},{len(text.encode())}" for path, text in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in contents.items():
            archive.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text)
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{name}-{version}-py3-none-any.whl"
    place.write_bytes(packed.getvalue())
    return place


def write_starlette(folder: Path, miniature: str, version: str) -> Path:
    """Write the wheel of a miniature that goes by *version*."""
    return write_wheel(folder, "starlette", version, starlette_files(miniature, version))


def pin(wheel: Path) -> str:
    """The line of a lock that names *wheel* and nothing else."""
    name, version, *_ = wheel.name.split("-")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
