"""What a reader is to know first, out of the matrix: wrong claims, bugs that came back, how it is today."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Case, Claim
from harness.releases.index import Profile
from harness.reports.page.claims import Answer, Assessment, Comeback, assess, cells_in, comebacks, ended, spelled
from harness.reports.page.matrix import Line, Matrix

WHOSE = {
    Profile.PERIOD: "the dependencies of its period",
    Profile.TODAY: "today's dependencies",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One finding: what it is in a few words, and a sentence or two with the evidence. Both are plain text."""

    short: str
    long: str
    notable: bool = True


def headlines(matrix: Matrix) -> tuple[Headline, ...]:
    """The findings, most notable first."""
    claimed = [_claimed(case, claim, lines) for case, lines in matrix.cases for claim in case.facts.claims]
    back = [_came_back(each, matrix) for line in matrix.lines for each in comebacks(line)]
    return (
        *(each for each in claimed if each.notable),
        *back,
        *(each for each in claimed if not each.notable),
        _newest(matrix),
        *_untold(matrix),
    )


def _claimed(case: Case, claim: Claim, lines: Sequence[Line]) -> Headline:
    assessments = [assess(claim, line) for line in lines]
    answers = {each.answer for each in assessments}
    if answers == {Answer.WRONG}:
        found = "is wrong"
    elif Answer.WRONG in answers:
        found = "is wrong in part"
    elif answers == {Answer.RIGHT}:
        found = "is right"
    else:
        found = "could not be told right or wrong"
    said = f"{_measured(assessments)} Claimed by: {claim.source}."
    return Headline(f"#{case.facts.issue}: the claim, fixed in {claim.fixed}, {found}.", said, Answer.WRONG in answers)


def _measured(assessments: Sequence[Assessment]) -> str:
    """What was measured, once where it is the same whatever the dependencies."""
    if len({each.why for each in assessments}) == 1:
        return f"Measured, whatever the dependencies: {assessments[0].why}."
    parts = (f"with {WHOSE[each.line.profile]}, {each.answer}: {each.why}" for each in assessments)
    return f"Measured {'; '.join(parts)}."


def _came_back(comeback: Comeback, matrix: Matrix) -> Headline:
    line, again = comeback.line, comeback.again
    count = sum(cell.verdict is Verdict.AFFECTED for cell in cells_in(line, again))
    releases = "1 release" if count == 1 else f"{count} releases"
    said = f"With {WHOSE[line.profile]} it is in {spelled(again)} again ({releases}), {ended(again)}. "
    if comeback.changed:
        said += (
            f"Between {comeback.before.release.version} and {again.introduced} what is installed with them changes: "
        )
        said += f"{', '.join(_change(*each) for each in comeback.changed)}. "
    short = f"#{line.case.facts.issue} came back after its fix in {comeback.fixed}."
    return Headline(short, (said + _elsewhere(comeback, matrix)).strip())


def _change(name: str, old: str | None, new: str | None) -> str:
    if old is None:
        return f"{name} {new} is added"
    return f"{name} {old} goes" if new is None else f"{name} {old} becomes {new}"


def _elsewhere(comeback: Comeback, matrix: Matrix) -> str:
    """What the same releases are under the other profile, where they are all the same."""
    for line in matrix.lines:
        if line.case is comeback.line.case and line.profile is not comeback.line.profile:
            verdicts = {cell.verdict for cell in cells_in(line, comeback.again)}
            if verdicts == {Verdict.UNAFFECTED}:
                return f"With {WHOSE[line.profile]} they do not have it."
    return ""


def _newest(matrix: Matrix) -> Headline:
    newest = matrix.index.newest
    verdicts = {
        (line.case.facts.issue, line.profile): cell.verdict
        for line in matrix.lines
        for cell in line.cells
        if cell.release.version == newest
    }
    has = sorted({issue for (issue, _), verdict in verdicts.items() if verdict is Verdict.AFFECTED})
    if has:
        bugs = ", ".join(f"#{issue}" for issue in has)
        return Headline(f"{newest}, the newest release, has {bugs}.", "See the last column of the matrix.")
    if set(verdicts.values()) == {Verdict.UNAFFECTED}:
        return Headline(
            f"{newest}, the newest release, has none of them.", "Each program ran to its end there.", notable=False
        )
    return Headline(
        f"{newest}, the newest release, shows none of them.", "Not every program could tell.", notable=False
    )


def _untold(matrix: Matrix) -> Iterator[Headline]:
    counts = Counter(cell.verdict for cell in matrix.cells)
    kinds = (Verdict.INCONCLUSIVE, Verdict.UNAVAILABLE, Verdict.FLAKY)
    parts = [f"{counts[kind]} {kind}" for kind in kinds if counts[kind]]
    if parts:
        total = sum(counts[kind] for kind in kinds)
        short = f"{total} of {sum(counts.values()):,} verdicts could not be told."
        yield Headline(short, f"They are in the matrix, each with its reason: {', '.join(parts)}.", notable=False)
