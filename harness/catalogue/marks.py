"""The marks of a typing check: `# E: <code>` at the end of a line that the broken release rejects."""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"# E: ?(?P<codes>.*)$")
_CODES = r"[a-z][a-z-]*(?:, ?[a-z][a-z-]*)*"
# What was meant as a mark: another space or letter, or no colon.
_SLIP = re.compile(rf"#(?! E:)\s*(?:[Ee]\s*[:;]|E\s+{_CODES}\s*$)")


# What keeps mypy from saying what it found. It reads the first kind anywhere in a comment, the second on any line.
_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<codes>\[[^\]]*\])?")
_CONFIGURATION = re.compile(r"\s*#\s*mypy:")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A line of a program and a mypy error code."""

    line: int
    code: str


def read_marks(program: Path) -> frozenset[Mark]:
    """Every mark of *program*; raises ValueError, with a line for each that cannot be read."""
    try:
        text = program.read_text(encoding="utf-8")
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{program.name} cannot be read: {error}; write it in UTF-8") from None
    except (tokenize.TokenError, SyntaxError) as error:
        raise ValueError(f"{program.name} is no Python: {error}") from None
    found, wrong = set(), [_refused(program, line) for line in silencers(text)]
    for token in tokens:
        if token.type != tokenize.COMMENT:
            continue
        line, said = token.start[0], f"{program.name}:{token.start[0]}: {token.string!r}"
        if _SLIP.search(token.string):
            wrong.append(f"{said} looks like a mark and is none; write # E: str-unpack")
        elif match := _MARK.search(token.string):
            codes = match["codes"]
            if re.fullmatch(_CODES, codes):
                found |= {Mark(line, code.strip()) for code in codes.split(",")}
            else:
                wrong.append(f"{said} names no code; write # E: str-unpack")
    if wrong:
        raise ValueError("\n".join(wrong))
    return frozenset(found)


def silencers(text: str) -> Iterator[int]:
    """The lines of a program that keep mypy from saying what it found there or in the whole file.

    One that names its codes is none where a mark says that it is not needed on the broken side.

    Raises:
        SyntaxError, tokenize.TokenError: this is no program.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if _CONFIGURATION.match(line):
            yield number
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and (ignore := _IGNORE.search(token.string)):
            mark = _MARK.search(token.string)
            if not (ignore["codes"] and mark and "unused-ignore" in mark["codes"]):
                yield token.start[0]


def _refused(program: Path, line: int) -> str:
    right = "remove it; where the fix makes mypy stricter write # type: ignore[code]  # E: unused-ignore"
    return f"{program.name}:{line}: this comment keeps mypy from saying what it finds; {right}"
