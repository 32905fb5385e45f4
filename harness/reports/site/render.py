"""Writes the site with jinja2, which escapes whatever a case, a program or a release says."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from harness.catalogue.case import Area, Case, Check, Kind
from harness.evidence.advisories import Score, in_short, scores
from harness.evidence.claims import Assessed, Assessment, assess
from harness.evidence.document import Evidence, dump
from harness.evidence.osv import links
from harness.releases.index import Index
from harness.releases.profiles import Profiles
from harness.reports.site.prose import sections
from harness.reports.site.strips import COLOURS, MEANINGS, Strip, at_a_glance, strips

_WRONG = (Assessment.TOO_EARLY, Assessment.TOO_LATE)
_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=PackageLoader("harness.reports.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says, and what is right instead or that it is; under which profiles that is so."""

    source: str
    said: str
    right: str
    is_wrong: bool
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bug:
    """A case as the site shows it."""

    case: Case
    evidence: Evidence
    strips: tuple[Strip, ...]
    claims: tuple[Assessed, ...]
    scores: tuple[Score, ...]

    @property
    def links(self) -> list[dict[str, str]]:
        return list(links(self.case.references))

    @property
    def programs(self) -> Iterator[tuple[str, str]]:
        """The programs that are shown: the one that tells, and the workaround."""
        shown = [check for check in (Check.REPRO, Check.TYPING) if self.case.discriminates(check)]
        for check in (*shown, Check.WORKAROUND):
            path = self.case.program(check)
            if path.is_file():
                yield path.name, path.read_text(encoding="utf-8")

    @property
    def page(self) -> list[tuple[str, Markup]]:
        """The sections of the case's page, each with its heading."""
        return list(sections(self.case.directory / "README.md", {name: name for name, _ in self.programs}))

    @property
    def told(self) -> list[Told]:
        """What is made of each half of each claim, once for all profiles under which it is the same."""
        found: dict[Told, list[str]] = {}
        for each in self.claims:
            key = Told(each.claim.source, f"{each.half} in {each.claimed}", _right(each), each.assessment in _WRONG)
            found.setdefault(key, []).append(each.profile)
        return [replace(told, profiles=tuple(dict.fromkeys(names))) for told, names in found.items()]

    @property
    def glance(self) -> tuple[Strip, ...]:
        """The strips in which the affected releases differ, each as far as it could be told."""
        return at_a_glance(self.strips)

    def affected_on(self, column: int) -> bool:
        """Whether the bug is there on the release of a column, under any profile."""
        return any(first <= column <= last for strip in self.strips for first, last in strip.affected)


@dataclass(frozen=True, slots=True)
class Group:
    """The bugs of one area; `is_open` where the newest release has one of them."""

    area: Area
    bugs: tuple[Bug, ...]
    is_open: bool


def site(found: Mapping[Case, Evidence], index: Index, profiles: Profiles) -> Iterator[tuple[str, str]]:
    """Every file of the site: its path and its text."""
    bugs = [
        Bug(case, each, strips(each, index), tuple(assess(case, each)), scores({case: each}, index))
        for case, each in found.items()
    ]
    common = {
        "index": index, "columns": len(index.releases), "colours": COLOURS, "meanings": MEANINGS, "Kind": Kind,
        "in_short": in_short,
    }  # fmt: skip
    script, style = _file("site.js"), _file("site.css")
    newest = index.place(index.newest)
    groups = [
        Group(area, own, own[0].affected_on(newest))
        for area in Area
        if (own := tuple(sorted((bug for bug in bugs if bug.case.area is area), key=_newest_first)))
    ]
    wrong = sum(each.assessment in _WRONG for bug in bugs for each in bug.claims)
    yield "index.html", _TEMPLATES.get_template("index.html").render(
        **common, groups=groups, bugs=bugs, data=_data(bugs, index), script=script, style=style, wrong=wrong,
        policy=_policy(script), profiles=profiles, way="",
    )  # fmt: skip
    yield "index.json", json.dumps(_index(bugs, index), indent=1, ensure_ascii=False) + "\n"
    for bug in bugs:
        place = f"bugs/{bug.case.name}"
        yield (
            f"{place}/index.html",
            _TEMPLATES.get_template("bug.html").render(
                **common, bug=bug, style=style, policy=_policy(""), profiles=profiles, way="../../"
            ),
        )
        yield f"{place}/evidence.json", dump(bug.evidence)


def _newest_first(bug: Bug) -> tuple[int, int, str]:
    """What is there still, or was until lately, and security before whatever else ended with it."""
    return (
        -max((last for strip in bug.strips for _, last in strip.affected), default=-1),
        bug.case.kind.rank,
        bug.case.name,
    )


def _right(each: Assessed) -> str:
    if each.assessment not in _WRONG:
        return "right" if each.assessment is Assessment.RIGHT else "could not be told"
    return f"{each.half} in {each.measured}" if each.measured else "not fixed"


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """What a browser may do: nothing on the network, and no script but the page's own."""
    known = b64encode(sha256(script.encode()).digest()).decode()
    scripts = f"'sha256-{known}'" if script else "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {scripts}; base-uri 'none'; form-action 'none'"


def _data(bugs: Sequence[Bug], index: Index) -> str:
    """What the script needs to know of each bug: the affected columns under each profile."""
    document = {
        "releases": [release.version for release in index.releases],
        "bugs": {
            bug.case.name: {name: strip.affected for strip in bug.strips for name in strip.profiles} for bug in bugs
        },
    }
    # In a script element nothing is escaped, and only this ends it.
    return json.dumps(document, separators=(",", ":")).replace("<", "\\u003c")


def _index(bugs: Sequence[Bug], index: Index) -> dict[str, Any]:
    return {
        "as_of": f"{index.as_of:%Y-%m-%d}",
        "newest": index.newest,
        "bugs": [
            {
                "case": bug.case.name,
                "title": bug.case.title,
                "area": bug.case.area,
                "kind": bug.case.kind,
                "aliases": list(bug.case.aliases),
                "links": bug.links,
                "page": f"bugs/{bug.case.name}/",
                "evidence": f"bugs/{bug.case.name}/evidence.json",
                "affected": {name: strip.ranges for strip in bug.strips for name in strip.profiles},
            }
            for bug in bugs
        ],
    }
