"""The marks of a typing check: `# E: <code>` at the end of a line that the broken release rejects."""

import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"# E: ?(?P<codes>.*)$")
_CODES = r"[a-z][a-z-]*(?:, ?[a-z][a-z-]*)*"
# What was meant as a mark: another space or letter, or no colon.
_SLIP = re.compile(rf"#(?! E:)\s*(?:[Ee]\s*[:;]|E\s+{_CODES}\s*$)")


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
    found, wrong = set(), []
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
