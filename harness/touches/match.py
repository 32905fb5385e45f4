"""Whether a project's code touches what a case is about: used where, not seen, or not to be told and why.

A use is seen by its name alone, so it says that the case's code is reached for, not that the bug shows. What could
be a use of another thing by the same name is never `used`, and whatever may hide a use is never `not seen`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.catalogue.case import Case, Touches
from harness.touches.mentions import UNKNOWN, Form, Mention, Place, Scan
from harness.touches.names import REACHES, names_of
from harness.touches.sources import Sources, Unread

# An app is tested with it; what it imports does not run it.
_NEVER_INSIDE = "starlette.testclient"


class Answer(StrEnum):
    """Whether code touches what a case is about."""

    USED = "used"
    NOT_SEEN = "not_seen"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Touch:
    """The answer for one case, the lines that it rests on, most telling first, and why it cannot be told."""

    answer: Answer
    places: tuple[Place, ...] = ()
    reason: str = ""

    @property
    def is_used(self) -> bool:
        return self.answer is Answer.USED


_NOT_SEEN = Touch(Answer.NOT_SEEN)
_ORDER = (Answer.USED, Answer.CANNOT_TELL, Answer.NOT_SEEN)


def match(cases: Iterable[Case], found: Scan, sources: Sources) -> Mapping[str, Touch]:
    """The answer for each case, by its name."""
    matcher = _Matcher(found, sources)
    return {case.name: matcher.case(case) for case in cases}


class _Matcher:
    def __init__(self, found: Scan, sources: Sources) -> None:
        self._unread = sorted(sources.unread, key=lambda each: each.path)
        self._doubts = found.doubts
        self._named: dict[str, list[Mention]] = {}
        self._unknown: dict[str, list[Mention]] = {}
        for mention in sorted(found.mentions, key=lambda each: (each.imported, each.place)):
            if mention.name.startswith(UNKNOWN):
                self._unknown.setdefault(mention.name.rpartition(".")[2], []).append(mention)
            else:
                for name in {part for whole in names_of(mention.name) for part in _prefixes(whole)}:
                    self._named.setdefault(name, []).append(mention)

    def case(self, case: Case) -> Touch:
        if case.no_touches:
            return Touch(Answer.CANNOT_TELL, reason=case.no_touches)
        return _best([self._touch(each) for each in case.touches])

    def _touch(self, touches: Touches) -> Touch:
        """The answer for one thing; where others have to be there beside it, for the least certain of them."""
        own = self._name(touches.name, touches)
        beside = [self._name(name, Touches(name=name)) for name in touches.beside]
        return max([own, *beside], key=lambda each: _ORDER.index(each.answer))

    def _name(self, name: str, touches: Touches) -> Touch:
        named = self._named.get(name, [])
        used = [each.place for each in named if _is_meant(each, name, touches)]
        if used:
            return Touch(Answer.USED, tuple(dict.fromkeys(used)))
        for mention, reason in self._doubtful(name, named, touches):
            return Touch(Answer.CANNOT_TELL, (mention.place,), reason)
        for doubt in self._doubts:
            hidden = any(name.startswith(f"{each}.") or name == each for each in names_of(doubt.prefix) if each)
            if hidden or (not doubt.prefix and not name.startswith(_NEVER_INSIDE)):
                return Touch(Answer.CANNOT_TELL, (doubt.place,), doubt.reason)
        for unread in self._unread:
            if _may_hold(unread, name, touches):
                return Touch(Answer.CANNOT_TELL, (Place(unread.path, 1),), f"this file {unread.reason}")
        return _NOT_SEEN

    def _doubtful(self, name: str, named: list[Mention], touches: Touches) -> Iterator[tuple[Mention, str]]:
        """What may be meant, and what is not known of it."""
        for mention in named if touches.is_call else ():
            if name in names_of(mention.name) and (mention.arguments.more or mention.form is Form.HANDED_ON):
                argument = touches.keyword or "another argument"
                yield mention, f"whether it is called with {argument} is known to a run alone"
        for attribute, called in _attributes(name):
            for mention in self._unknown.get(attribute, ()):
                if mention.form is not Form.CALLED and (called or touches.is_call):
                    continue
                if not touches.is_call or mention.arguments.more or _has(mention, touches):
                    yield mention, f"it is not known whose .{attribute} this is"


def _is_meant(mention: Mention, name: str, touches: Touches) -> bool:
    """Whether a mention of the name, or of something of it, is a use of what is meant."""
    if not touches.is_call:
        return True
    return mention.form is Form.CALLED and name in names_of(mention.name) and _has(mention, touches)


def _has(mention: Mention, touches: Touches) -> bool:
    by_place = touches.place is not None and mention.arguments.places > touches.place
    return touches.keyword in mention.arguments.keywords or by_place


def _attributes(name: str) -> Iterator[tuple[str, bool]]:
    """By which attributes what is meant can be had from something unknown, and whether only by calling it."""
    if is_member(name):
        yield name.rpartition(".")[2], False
    for other in REACHES:
        if is_member(other) and name in names_of(other):
            yield other.rpartition(".")[2], True


def is_member(name: str) -> bool:
    """Whether a dotted name is that of a class's attribute, as the capital letter before it says."""
    return name.rpartition(".")[0].rpartition(".")[2][:1].isupper()


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _may_hold(unread: Unread, name: str, touches: Touches) -> bool:
    """Whether a file that nobody could parse may hold a use: it has the word, or nobody can read its words."""
    if unread.content is None or b"\0" in unread.content:
        return True
    if touches.keyword and touches.place is None and touches.keyword.encode() not in unread.content:
        return False
    words = {name.rpartition(".")[2], *(attribute for attribute, _ in _attributes(name))}
    words |= {other.rpartition(".")[2] for other in REACHES if name in names_of(other)}
    return any(re.search(rb"\b" + re.escape(word.encode()) + rb"\b", unread.content) for word in words)


def _best(touches: list[Touch]) -> Touch:
    """The most certain answer, with the places of all that give it."""
    answer = min((each.answer for each in touches), key=_ORDER.index, default=Answer.NOT_SEEN)
    giving = [each for each in touches if each.answer is answer]
    places = tuple(dict.fromkeys(place for each in giving for place in each.places))
    return Touch(answer, places, next((each.reason for each in giving), ""))
