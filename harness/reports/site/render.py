"""Writes the site with jinja2, which escapes whatever a case, a program or a release says."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.catalogue.case import Area, Case, Check, Kind
from harness.evidence.claims import Assessed, assess
from harness.evidence.document import Evidence, dump
from harness.evidence.osv import links
from harness.evidence.pages import BEGIN, END
from harness.releases.index import Index
from harness.releases.profiles import Profiles
from harness.reports.site.strips import COLOURS, MEANINGS, Strip, strips

_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=PackageLoader("harness.reports.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@dataclass(frozen=True, slots=True)
class Bug:
    """A case as the site shows it."""

    case: Case
    evidence: Evidence
    strips: tuple[Strip, ...]
    claims: tuple[Assessed, ...]

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
    def page(self) -> Sequence[tuple[str, str]]:
        """The sections of the case's page, each with its heading; what is generated there is left out."""
        text = (self.case.directory / "README.md").read_text(encoding="utf-8")
        text = re.sub(rf"{re.escape(BEGIN)}.*?{re.escape(END)}", "", text, flags=re.DOTALL)
        parts = re.split(r"(?m)^##? +(.*)$", text)
        return [(heading, body.strip("\n")) for heading, body in zip(parts[1::2], parts[2::2], strict=True)]

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
    bugs = [Bug(case, each, strips(each, index), tuple(assess(case, each))) for case, each in found.items()]
    common = {"index": index, "columns": len(index.releases), "colours": COLOURS, "meanings": MEANINGS, "Kind": Kind}
    script, style = _file("site.js"), _file("site.css")
    newest = index.place(index.newest)
    groups = [
        Group(area, own, any(bug.affected_on(newest) for bug in own))
        for area in Area
        if (own := tuple(bug for bug in bugs if bug.case.area is area))
    ]
    wrong = sum(each.assessment in ("too_early", "too_late") for bug in bugs for each in bug.claims)
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
