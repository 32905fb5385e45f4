"""The question as commands ask it: which of the cases does the code in these folders touch?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.catalogue.case import Case
from harness.reports.formats.wording import place_of
from harness.touches.match import Answer, Touch, match
from harness.touches.scan import scan
from harness.touches.sources import read_sources

_ANSWERS = {Answer.USED: "used", Answer.NOT_SEEN: "not seen", Answer.CANNOT_TELL: "cannot tell"}
# In an order in which they cannot be taken for a list of what has been found.
_COUNTED = (Answer.USED, Answer.CANNOT_TELL, Answer.NOT_SEEN)


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers, by the names of the cases, and of how many files; `notes` says what was not looked at."""

    touches: Mapping[str, Touch]
    files: int
    notes: tuple[str, ...] = ()

    def summary(self, cases: Iterable[str]) -> str:
        """What the code has to do with *cases*, and what was looked at to find out, in one sentence."""
        answers = [self.touches[case].answer for case in cases]
        counts = ((answers.count(each), _ANSWERS[each]) for each in _COUNTED)
        told = ", ".join(f"{count} {what}" for count, what in counts if count)
        looked = ", ".join([f"{self.files} Python {'file' if self.files == 1 else 'files'} read", *self.notes])
        return f"In your code: {told or 'nothing to look for'} ({looked})."


def touching(cases: Iterable[Case], folders: tuple[Path, ...], option: str = "--source") -> Reading:
    """Read the Python files below *folders* and say of each case whether they touch it.

    Raises:
        UserError: a folder is none, or has no Python file; *option* is how it was named.
    """
    sources = read_sources(option, folders)
    found = scan(sources)
    return Reading(match(cases, found, sources), len(sources.read), sources.notes)


def said(touch: Touch, here: Path) -> str:
    """The answer in words, such as `used at app/main.py:12`, with files named as from the folder *here*."""
    at = ""
    if touch.places:
        place = place_of(touch.places[0].path, touch.places[0].line, here)
        at = f"{place.file.as_posix()}:{place.line}"
    if touch.answer is not Answer.USED:
        why = ", ".join(filter(None, (touch.reason, at)))
        return f"{_ANSWERS[touch.answer]}: {why}" if why else _ANSWERS[touch.answer]
    more = len(touch.places) - 1
    return f"used at {at}" + (f" and {more} more {'line' if more == 1 else 'lines'}" if more else "")
