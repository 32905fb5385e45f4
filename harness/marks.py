"""The marks of a typing check: `# E: <code>` at the end of a line that the broken release rejects."""

import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"# E: ?(?P<codes>.*)$")
_CODES = re.compile(r"[a-z][a-z-]*(?:, ?[a-z][a-z-]*)*")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A line of a program and a mypy error code."""

    line: int
    code: str


def read_marks(program: Path) -> frozenset[Mark]:
    """Every mark of *program*; raises ValueError where one cannot be read."""
    found = set()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(program.read_text(encoding="utf-8")).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise ValueError(f"{program.name} is no Python: {error}") from None
    for token in tokens:
        if token.type == tokenize.COMMENT and (match := _MARK.search(token.string)):
            line = token.start[0]
            if not _CODES.fullmatch(match["codes"]):
                raise ValueError(f"{program.name}:{line}: {token.string!r} names no code; write # E: str-unpack")
            found |= {Mark(line, code.strip()) for code in match["codes"].split(",")}
    return frozenset(found)
