"""A lock file as text: reads it within limits, knows its lines, and words what is wrong with it."""

import codecs
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import tomli

from harness.support.errors import UserError
from harness.support.toml import shown as printed

LARGEST = 50_000_000  # bytes

# What a file may begin with, which pip heeds, too: PowerShell writes UTF-16. The longer of two comes first.
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

_Value = TypeVar("_Value")
_T = TypeVar("_T")

# What may hold anything and is not structure. tomli has accepted the text, so that each of them ends.
_OPAQUE = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""(?:"{0,2})'
    r"|'''(?:[^']++|'(?!''))*+'''(?:'{0,2})"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|#[^\n]*+",
    re.DOTALL,
)


def shown(value: object) -> str:
    """*value* for a message: in one line, and not longer than one."""
    text = printed(value)
    if text is None:
        return "what cannot be shown"
    return text if len(text) <= 60 else f"{text[:57]}..."


@dataclass(frozen=True, slots=True)
class Text:
    """A lock file's text, with line ends as Python has them."""

    path: Path
    text: str

    def refusal(self, line: int | None, message: str) -> UserError:
        """The error that says what is wrong on *line*, counted from 1, or with the whole file."""
        place = f"{self.path}:{line}" if line else str(self.path)
        said = " ".join(message.split())
        return UserError(f"{place}: {said if len(said) <= 500 else f'{said[:497]}...'}")

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def toml(self) -> dict[str, Any]:
        """The parsed file.

        Raises:
            UserError: it is no TOML.
        """
        try:
            return tomli.loads(self.text)
        except ValueError as error:
            said = str(error)
            at = re.search(r"\(at line (\d+),", said)
            end = len(self.text.rstrip().split("\n")) if "end of document" in said else None
            line = int(at[1]) if at else end
            raise self.refusal(line, f"this is no TOML: {said}; write the lock again with its tool") from None

    def entries(self, document: Mapping[str, Any], key: str) -> "tuple[Entry, ...]":
        """The tables of the array of tables *key*, each with the line of its name."""
        tables = document.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.refusal(None, f"{key} is {shown(tables)}; a lock has [[{key}]] tables")
        headers = list(self._headers(key))
        # Other spellings, such as an inline array, have no headers to count.
        lines = headers if len(headers) == len(tables) else [None] * len(tables)
        written = self.lines
        return tuple(
            Entry(self, table, line and _name_line(written, line, table))
            for table, line in zip(tables, lines, strict=True)
        )

    def _headers(self, key: str) -> Iterator[int]:
        for number, line in enumerate(self._structure(), 1):
            if re.match(rf"[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\]", line):
                yield number

    def _structure(self) -> list[str]:
        """The lines without what stands in strings and comments."""
        return _OPAQUE.sub(lambda found: "\n" * found[0].count("\n"), self.text).split("\n")


def _name_line(lines: list[str], header: int, table: Mapping[str, Any]) -> int:
    """The line below *header* that gives the table its name; the header where that is not plain to see."""
    for number in range(header, len(lines)):
        if re.match(r"[ \t]*\[", lines[number]):
            break
        if re.match(r"[ \t]*name[ \t]*=", lines[number]):
            return number + 1 if _value_of(lines[number]) == table.get("name") else header
    return header


def _value_of(line: str) -> object:
    try:
        return tomli.loads(line)["name"]
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Entry:
    """A table of a lock file, and the line of its name where that is known. Its values are asked for by type."""

    file: Text
    table: Mapping[str, Any]
    line: int | None = None

    def refusal(self, message: str) -> UserError:
        """The error that says what is wrong with the table."""
        return self.file.refusal(self.line, message)

    def text(self, key: str) -> str:
        """The text of *key*, empty where it is absent."""
        return self._get(key, str, "text") or ""

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._get(key, list, "a list") or []
        if not all(isinstance(each, str) for each in found):
            raise self.refusal(f"{key} = {shown(found)}; a lock has a list of texts there")
        return tuple(found)

    def sub(self, key: str) -> "Entry":
        """The table of *key*, an empty one where it is absent."""
        return Entry(self.file, self._get(key, dict, "a table") or {}, self.line)

    def subs(self, key: str) -> "tuple[Entry, ...]":
        """The tables in the list of *key*."""
        found = self._get(key, list, "a list") or []
        if not all(isinstance(each, dict) for each in found):
            raise self.refusal(f"{key} = {shown(found)}; a lock has a list of tables there")
        return tuple(Entry(self.file, each, self.line) for each in found)

    def required(self, key: str) -> str:
        if text := self.text(key):
            return text
        raise self.refusal(f"{key} is missing; write the lock again with its tool")

    def checked(self, check: Callable[[str], _T], text: str) -> _T:
        """What *check* makes of *text*; what it finds wrong becomes the error."""
        try:
            return check(text)
        except (ValueError, LookupError, RecursionError) as error:
            deep = isinstance(error, RecursionError)
            wrong = f"{shown(text)} is nested too deeply" if deep else str(error)
            wrong = wrong if len(wrong) < 300 else f"{shown(text)} cannot be read"
            raise self.refusal(wrong if ";" in wrong else f"{wrong}; write the lock again with its tool") from None

    def _get(self, key: str, kind: type[_Value], called: str) -> _Value | None:
        found = self.table.get(key)
        if found is not None and not isinstance(found, kind):
            raise self.refusal(f"{key} = {shown(found)}; a lock has {called} there")
        return found


def load(path: Path) -> Text:
    """Read a lock file.

    Raises:
        UserError: there is none, or it is empty, too large, or no text in UTF-8 or what its first bytes say.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError(f"{path}: this is a directory; name the lock file in it")
        if not stat.S_ISREG(status.st_mode):
            raise UserError(f"{path}: this is no regular file; name a lock file")
        if status.st_size > LARGEST:
            raise UserError(f"{path}: {status.st_size} bytes; a lock file has no more than {LARGEST}")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise UserError(f"{path}: cannot be read: {said}; name a lock file") from error
    return _decoded(path, raw)


def _decoded(path: Path, raw: bytes) -> Text:
    mark = next((mark for mark in _BYTE_ORDER_MARKS if raw.startswith(mark)), b"")
    encoding = _BYTE_ORDER_MARKS.get(mark, "utf-8")
    try:
        text = raw.removeprefix(mark).decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        called = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise UserError(f"{path}:{line}: this is no {called} text: {error.reason}; save the file as UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UserError(f"{path}:{line}: there is a NUL byte in it; a lock file is UTF-8 text")
    if not text.strip():
        raise UserError(f"{path}: the file is empty; write the lock with its tool")
    return Text(path, text)
