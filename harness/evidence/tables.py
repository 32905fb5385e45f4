"""Tables over the whole catalogue: the index of all cases, the README's few, and the claims that measuring corrects."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from harness.catalogue.case import Area, Case, Kind
from harness.evidence.advisories import Score, affected_releases, in_short, scores, summary
from harness.evidence.claims import Assessed, Assessment, assess, wrong_under_every_profile
from harness.evidence.document import Evidence
from harness.evidence.spans import spelled
from harness.releases.index import Index
from harness.releases.profiles import PERIOD, TODAY

BEGIN = "<!-- cases: begin, written by nox -s report -->"
END = "<!-- cases: end -->"
# How many cases the README shows.
_TELLING = 12


def affected(evidence: Evidence) -> dict[str, str]:
    """The affected ranges in words, by profile; a profile that says the same as an earlier one is left out."""
    found: dict[str, str] = {}
    for name, profile in evidence.profiles.items():
        words = "; ".join(dict.fromkeys(spelled(profile.intervals(check)) for check in evidence.discriminates))
        if words not in found.values() and (words != "none" or name in (PERIOD, TODAY)):
            found[name] = words
    return found


def ranges(evidence: Evidence) -> str:
    """The affected ranges in one cell of a table."""
    found = affected(evidence)
    if len(found) == 1:
        return next(iter(found.values()))
    return "; ".join(f"{words} (`{name}`)" for name, words in found.items())


def catalogue(found: Mapping[Case, Evidence], index: Index) -> str:
    """`cases/README.md`: every case by area, with its ranges."""
    lines = [
        "# The cases",
        "",
        "<!-- Written by nox -s report. -->",
        "",
        (
            f"{len(found)} documented bugs and changes, each measured on {len(index.releases)} releases "
            f"of Starlette as of {index.as_of:%Y-%m-%d}. A range is of affected releases; where two are given, they "
            "differ by what is installed beside Starlette ([profiles.toml](profiles.toml))."
        ),
    ]
    ordered = sorted(found, key=lambda case: (list(Area).index(case.area), case.name))
    for area, group in groupby(ordered, key=lambda case: case.area):
        lines += ["", f"## {area}", "", "| case | what happens | affected |", "| --- | --- | --- |"]
        lines += [_row(case, found[case], "") for case in group]
    return "\n".join([*lines, ""])


def _row(case: Case, evidence: Evidence, way: str) -> str:
    kind = {Kind.SECURITY: " **security**", Kind.BEHAVIOUR: " (deliberate)", Kind.BUG: ""}[case.kind]
    names = ", ".join(dict.fromkeys([case.label, *(alias for alias in case.aliases if alias.startswith("CVE"))]))
    retired = f" (retired on {case.retired.on})" if case.retired else ""
    return f"| [{names}]({way}{case.name}/README.md){kind}{retired} | {_cell(case.title)} | {ranges(evidence)} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def readme_table(found: Mapping[Case, Evidence], index: Index) -> Iterator[str]:
    """The most telling cases for the README: what is open, then security, by the newest affected release."""
    yield from ("", "| bug | what happens | affected releases, measured |", "| --- | --- | --- |")
    for case in _most_telling(found, index):
        yield _row(case, found[case], "cases/")
    newest = index.newest
    still = sum(newest in affected_releases(evidence, index) for evidence in found.values())
    yield ""
    yield (
        f"As of {index.as_of:%Y-%m-%d} that is {len(found)} cases on {len(index.releases)} releases; {still} of them "
        f"are open on {newest}, the newest. [All of them](cases/README.md), and [what published sources say otherwise]"
        "(evidence/corrections.md)."
    )
    yield ""


def _most_telling(found: Mapping[Case, Evidence], index: Index) -> Sequence[Case]:
    def weight(case: Case) -> tuple[bool, bool, int]:
        releases = affected_releases(found[case], index)
        newest = max((index.place(release) for release in releases), default=-1)
        return bool(case.open), case.kind is Kind.SECURITY, newest

    shown = [case for case in found if case.retired is None and case.kind is not Kind.BEHAVIOUR]
    return sorted(shown, key=weight, reverse=True)[:_TELLING]


_MEANING = {Assessment.TOO_EARLY: "named too early", Assessment.TOO_LATE: "named too late"}


def corrections(found: Mapping[Case, Evidence], index: Index) -> str:
    """`evidence/corrections.md`: the claims that no profile bears out, and each advisory's range beside what is."""
    wrong = [each for case, evidence in found.items() for each in wrong_under_every_profile(case, evidence)]
    total = len({(each.case, each.claim, each.half) for case, ev in found.items() for each in assess(case, ev)})
    lines = [
        "# Published claims that running the releases contradicts",
        "",
        "<!-- Written by nox -s report. -->",
        "",
        (
            f"{len(wrong)} of {total} claims about when a bug came or went are contradicted under every profile, as of "
            f"{index.as_of:%Y-%m-%d}."
        ),
        "",
        "| case | source | it says | measured | see it |",
        "| --- | --- | --- | --- | --- |",
        *(_correction(each) for each in wrong),
        "",
        "## Ranges of advisories",
        "",
        "Final releases that an advisory's range names though they were seen to be free of the bug, or spares though",
        "they are affected. A release that could not be told is neither.",
        "",
        summary(scores(found, index)),
        "",
        "| case | advisory | claimed | measured | wrongly named | wrongly spared |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_score(each, found[each.case]) for each in scores(found, index)),
    ]
    return "\n".join([*lines, ""])


def _correction(each: Assessed) -> str:
    case = f"[{each.case.label}](../cases/{each.case.name}/README.md)"
    measured = f"{each.half} in {each.measured} (`{each.profile}`)" if each.measured else "not fixed"
    command = f"`nox -s bisect -- {each.case.name} --profile {each.profile}`"
    says = f"{each.half} in {each.claimed}: {_MEANING[each.assessment]}"
    return f"| {case} | {_cell(each.claim.source)} | {says} | {measured} | {command} |"


def _score(score: Score, evidence: Evidence) -> str:
    case = f"[{score.case.label}](../cases/{score.case.name}/README.md)"
    wrong = f"{in_short(score.wrongly_named)} | {in_short(score.wrongly_spared)}"
    return f"| {case} | {_cell(score.claim.source)} | {score.range} | {ranges(evidence)} | {wrong} |"


def generated(found: Mapping[Case, Evidence], index: Index, root: Path) -> Iterator[tuple[Path, str]]:
    """The files that this module writes whole, with their texts."""
    yield root / "cases" / "README.md", catalogue(found, index)
    yield root / "evidence" / "corrections.md", corrections(found, index)
