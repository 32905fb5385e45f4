"""Which cases somebody means: by name, by number, by an advisory's identifier, by area or by kind."""

from collections.abc import Iterable, Sequence

from harness.catalogue.case import Area, Case, Kind
from harness.support.errors import UserError
from harness.support.invocation import listing


def select(
    cases: Sequence[Case], wanted: Iterable[str] = (), only: Iterable[str] = (), *, option: str = "--case"
) -> tuple[Case, ...]:
    """The cases that *wanted* names, or all of them when it names none, and of these the ones that *only* allows.

    A word may list several, separated by commas: names, numbers with or without #, identifiers such as
    CVE-2025-62727; in *only* areas and kinds. Cases that are retired are not among them. *option* is where the words
    were written, for messages.

    Raises:
        UserError: a word names no case, or an area or a kind that there is not.
    """
    running = tuple(case for case in cases if case.retired is None)
    words = [word.strip() for text in wanted for word in text.split(",") if word.strip()]
    unknown = [word for word in words if not any(is_called(case, word) for case in running)]
    if unknown:
        raise UserError(f"{option} {', '.join(unknown)}: {_why(unknown[0], cases)}")
    chosen = [case for case in running if not words or any(is_called(case, word) for word in words)]
    kept = tuple(case for case in chosen if _is_of(case, _groups(only)))
    if not kept:
        raise UserError("--only: no case is left; leave it out, or name another area or kind")
    return kept


def select_one(cases: Sequence[Case], word: str, *, option: str) -> Case:
    """The one case that *word* names, written as *option*.

    Raises:
        UserError: it names none, or several.
    """
    found = select(cases, [word], option=option)
    if len(found) > 1:
        raise UserError(f"{option} {word}: this names {', '.join(case.name for case in found)}; name one of them")
    return found[0]


def is_called(case: Case, word: str) -> bool:
    """Whether *word* names *case*: its name, the number of its issue or fix, or an advisory's identifier."""
    known = {case.name, *(alias.lower() for alias in case.aliases)}
    known |= {str(each) for each in (case.references.issue, case.references.fix) if each is not None}
    return word.lower().removeprefix("#") in known


def _why(word: str, cases: Iterable[Case]) -> str:
    """Why *word* names nothing, and what would."""
    for case in cases:
        if case.retired and is_called(case, word):
            return f"it was retired on {case.retired.on}: {case.retired.reason}"
    close = [case.name for case in cases if word.lower() in case.name]
    listed = f"did you mean {', '.join(close[:5])}?" if close else f"{listing()} lists them"
    return f"no case is called so; {listed}"


def _groups(only: Iterable[str]) -> tuple[str, ...]:
    words = [word.strip() for text in only for word in text.split(",") if word.strip()]
    known = [*Kind, *Area]
    if unknown := [word for word in words if word not in known]:
        raise UserError(f"--only {', '.join(unknown)}: neither a kind nor an area; there are {', '.join(known)}")
    return tuple(words)


def _is_of(case: Case, groups: Sequence[str]) -> bool:
    kinds = [word for word in groups if word in list(Kind)]
    areas = [word for word in groups if word in list(Area)]
    return (not kinds or case.kind in kinds) and (not areas or case.area in areas)
