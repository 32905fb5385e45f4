"""How a script fails, as far as it is the same in every environment, and which failures are none of Starlette's."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from harness.judgement.observation import Observation, Raised
from harness.judgement.wording import printable

_SIGNATURE = re.compile(
    r"unexpected keyword argument|positional arguments? but|missing \d+ required|got multiple values for|"
    r"takes no (?:keyword )?arguments"
)
_NOT_INSTALLED = re.compile(
    r"must be installed|to be installed|is not installed|(?:pip|uv) (?:install|add)|No module named", re.IGNORECASE
)
_OTHER_MODULE = re.compile(r"module '(?!starlette\b)[\w.]+' has no attribute")
_IMPORTS = frozenset(["ImportError", "ModuleNotFoundError"])
_ABSENT = re.compile(r"has no attribute|" + _SIGNATURE.pattern)


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception by its class's bare name and the file that raised it: a package may move its classes.

    `file` is a path below the environment, or the script's name, and then `line` is the script's; it is 0 elsewhere,
    for lines move from release to release. `message` and the `type` with its module tell no failure from another.
    """

    name: str
    file: str
    line: int
    message: str
    type: str

    @classmethod
    def of(cls, error: Raised, script: Path) -> "Failure":
        """What *error* comes to, which *script* ended with."""
        own = PurePath(error.file) == script
        name = re.split(r"[.>]", error.type)[-1]
        file, line = (script.name, error.line) if own else (below(error.file), 0)
        return cls(name, file, line, first_line(error.message), error.type)

    def is_like(self, other: "Failure") -> bool:
        """Whether both are one failure, as far as their messages are not looked at."""
        return (self.name, self.file, self.line) == (other.name, other.file, other.line)


def below(file: str) -> str:
    """A file's place in its package, or in the standard library, wherever that is installed."""
    parts = PurePath(file).parts
    start = max((n + 1 for n, part in enumerate(parts) if part == "site-packages"), default=len(parts) - 2)
    return "/".join(parts[max(start, 0) :])


def first_line(message: str) -> str:
    """The beginning of a message, in one printable line."""
    return printable((message.strip().splitlines() or [""])[0])


def lacks_feature(error: Raised, script: Path) -> bool:
    """Whether *script* itself asked for what is not there: a name, an attribute, an argument."""
    if PurePath(error.file) != script:
        return False
    names_starlette = (error.missing or "").partition(".")[0] == "starlette"
    return names_starlette or (error.type in ("AttributeError", "TypeError") and bool(_ABSENT.search(error.message)))


def foreign(error: Raised, script: Path, package: Path) -> str | None:
    """Why *error* says more of what is installed than of the Starlette in *package*; None where it does not."""
    if error.type in _IMPORTS:
        return "an import that failed"
    own = PurePath(error.file) == script
    if not own and _NOT_INSTALLED.search(error.message):
        return "a package that is missing"
    if error.type == "AttributeError" and not own and _OTHER_MODULE.match(error.message):
        return "a disagreement with another package or with this Python"
    if error.type == "TypeError" and not own and _SIGNATURE.search(error.message):
        return None if _is_of(error, package) else "a disagreement with another package"
    return None


def complains_of_imports(seen: Observation) -> bool:
    """Whether a program that left with an exit code wrote that something could not be imported."""
    said = f"{seen.printed}\n{seen.complained}"
    return bool(re.search(r"^(?:E\s+)?(?:ImportError|ModuleNotFoundError)\b", said, re.MULTILINE)) or bool(
        re.search(r"^\w*(?:Error|Exception): .*(?:must|to) be installed", said, re.MULTILINE)
    )


def _is_of(error: Raised, package: Path) -> bool:
    """Whether the function that refused its arguments is one of *package*'s, as far as the message names it."""
    called = re.match(r"([\w.<>]+)\(\)", error.message)
    holder, _, name = (called[1] if called else "").replace("<locals>.", "").rpartition(".")
    # Before CPython 3.10 a method is named without its class.
    if not name or (name == "__init__" and not holder):
        return False
    return _defines(package, f"class {holder.rpartition('.')[2]}" if name == "__init__" else f"def {name}")


@cache
def _defines(package: Path, statement: str) -> bool:
    """Whether a module of *package* has *statement*, such as `class Request`."""
    wanted = re.compile(rf"^\s*(?:async )?{re.escape(statement)}\b", re.MULTILINE)
    return any(wanted.search(file.read_text("utf-8", "replace")) for file in package.rglob("*.py"))
