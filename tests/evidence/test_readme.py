"""What the README says in figures, held against what was measured."""

import re

import pytest

from harness.catalogue.case import Case, Check
from harness.catalogue.loading import load_catalogue
from harness.evidence.document import load
from harness.releases.index import load_index
from harness.support.paths import EVIDENCE, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("subject", load_catalogue(), ids=lambda subject: subject.name)
def test_the_row_of_each_case_names_the_ends_of_its_measured_ranges(subject: Case) -> None:
    (row,) = [line for line in README.splitlines() if line.startswith(f"| [#{subject.facts.issue}]")]
    evidence = load(EVIDENCE / f"{subject.name}.json")
    assert evidence is not None
    for found in evidence["profiles"].values():
        for check in (check for check in (Check.REPRO, Check.TYPING) if subject.tells(check)):
            for interval in found[check]["intervals"]:
                assert interval["last_affected"] in row
                assert interval["introduced"] in row or "up to" in row


def test_the_index_is_described_as_it_is() -> None:
    index = load_index()
    assert f"As of {index.as_of:%Y-%m-%d} that is {len(index.releases)} releases; the newest, {index.newest}," in README


def test_every_session_that_the_readme_names_is_there() -> None:
    sessions = set(re.findall(r"nox (?:-f \S+ )?-s \"?([a-z]+)", README))
    defined = set(re.findall(r"^def ([a-z]+)\(session", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE))
    assert sessions <= defined
    assert {"cases", "sweep", "bisect", "mutants", "upgrade", "report"} <= sessions


def test_every_file_that_the_readme_links_to_is_there() -> None:
    linked = re.findall(r"\]\((?!https:)([^)#]+)\)", README)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []
