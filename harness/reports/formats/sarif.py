"""Parts of a document in SARIF 2.1.0."""

from collections.abc import Iterable, Sequence
from typing import Any

from harness.catalogue.case import Case
from harness.evidence.osv import links
from harness.reports.formats.json import dump
from harness.reports.formats.wording import Place, address, plain
from harness.waivers.waiver import Waiver

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def document(command: str, cases: Iterable[Case], results: Sequence[dict[str, Any]], *, successful: bool) -> str:
    """One run of *command*, with a rule for each of *cases*; *successful* is one in which anything could be told."""
    run = {
        "tool": {"driver": {"name": "starlette-cases", "rules": [_rule(case) for case in cases]}},
        "automationDetails": {"id": f"starlette-cases-{command}/"},
        "invocations": [{"executionSuccessful": successful}],
        "results": results,
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(case: Case) -> dict[str, Any]:
    title = case.title
    more = f"{title}. {case.label}: {', '.join(link['url'] for link in links(case.references))}"
    return {
        "id": case.name,
        "name": "".join(word.capitalize() for word in case.name.split("_")),
        "shortDescription": {"text": message(title)},
        "fullDescription": {"text": message(more)},
        "help": {"text": f"More about {case.name}: {address(case)}"},
        "helpUri": address(case),
        # GitHub lists a rule with this tag among the security alerts.
        "properties": {"tags": [case.kind, case.area, *case.aliases]},
    }


def suppressions(waiver: Waiver | None) -> list[dict[str, str]]:
    """Beside a result that is suppressed, one without the list would be one of which nobody knows whether it is."""
    return [{"kind": "external", "status": "accepted", "justification": message(waiver.reason)}] if waiver else []


def location(at: Place) -> dict[str, Any]:
    """Where a result is, in the words of SARIF."""
    root = {} if at.file.is_absolute() else {"uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": {"uri": at.uri} | root, "region": {"startLine": at.line}}}


def locations(used: Place | None, at: Place | None) -> dict[str, Any]:
    """Where a result is: in the code that uses it, with what was looked at or pinned as related, or there alone."""
    if used is None:
        return {"locations": [location(at)]} if at else {}
    return {"locations": [location(used)], **({"relatedLocations": [location(at)]} if at else {})}


def message(text: str) -> str:
    """Text in which SARIF sees neither a placeholder nor a link."""
    return plain(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
