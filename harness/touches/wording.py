"""What every format says of the code, with files named as from the folder that the reader is in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.reports.formats.wording import Place, place_of, plain
from harness.touches.match import Answer, Touch

_ANSWERS = {Answer.USED: "used", Answer.NOT_SEEN: "not seen", Answer.CANNOT_TELL: "cannot tell"}


def said(touch: Touch | None, here: Path) -> str:
    """The answer in words, such as `your code: used at app/main.py:12`; empty where no code was read."""
    if touch is None:
        return ""
    at = [f"{place.file.as_posix()}:{place.line}" for place in _places(touch, here)]
    words = _ANSWERS[touch.answer]
    if touch.answer is Answer.USED:
        more = len(at) - 1
        words += f" at {at[0]}" + (f" and {more} more {'line' if more == 1 else 'lines'}" if more else "")
    elif why := ", ".join(filter(None, (touch.reason, *at[:1]))):
        words += f": {why}"
    return plain(f"your code: {words}")


def place(touch: Touch | None, here: Path) -> Place | None:
    """The line that shows a use best; None where there is none."""
    return next(_places(touch, here), None) if touch and touch.answer is Answer.USED else None


def document(touch: Touch | None, here: Path) -> dict[str, Any] | None:
    """`answer` (used, not_seen, cannot_tell), `reason` (empty where it can be told), `places` (`file`, `line`)."""
    if touch is None:
        return None
    places = [{"file": place.file.as_posix(), "line": place.line} for place in _places(touch, here)]
    return {"answer": touch.answer, "reason": touch.reason, "places": places}


def _places(touch: Touch, here: Path) -> Iterator[Place]:
    return (place_of(each.path, each.line, here) for each in touch.places)
