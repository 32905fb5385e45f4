"""The site: a page for each case, whatever a case says is text there, and the first page stays small."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harness.catalogue.case import Case, Check, Kind, Retired
from harness.evidence.committed import evidence_file
from harness.evidence.document import Evidence, Measured, ProfileEvidence, Span, load
from harness.evidence.pages import BEGIN, END
from harness.judgement.vocabulary import Reason, Verdict
from harness.reports.site.render import site
from harness.runs.workspace import open_workspace
from tests.support.factories import case, claim, index, profile, write_case

EVIL = (
    "</script></title><script>alert(1)</script><img src=x onerror=alert(1)> \" ' & {{ 7 * 7 }} {% raw %} "
    "javascript:alert(1)"
)
INDEX = index("0.1.0", "0.2.0", "0.3.0", "0.4.0")
PROFILES = {name: profile(name, about=EVIL) for name in ("period", "today")}
PAGE = "# #7: {title}\n\nAffected.\n\n## Symptom\n\n{text}\n\n{begin}\nranges\n{end}\n\n## Run it again\n\n    nox\n"


class Read(HTMLParser):
    """What a browser makes of a page: its tags, what they refer to, its scripts and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and self.scripts[-1] == "":
            self.scripts[-1] = data
        else:
            self.text += data


def evidence(name: str, said: str = "AssertionError") -> Evidence:
    """Affected on 0.2.0 and 0.3.0, however *said*."""
    spans = (
        Span("0.1.0", "0.1.0", Verdict.NOT_APPLICABLE, Reason.NO_SUCH_NAME, "", {}),
        Span("0.2.0", "0.3.0", Verdict.AFFECTED, None, said, {}),
        Span("0.4.0", "0.4.0", Verdict.UNAFFECTED, None, "", {}),
    )
    measured = ProfileEvidence("3.11", (Measured("0.1.0", "0.4.0", "2026-12-31"),), {Check.REPRO: spans})
    return Evidence(
        name, "A session is lost", "2026-12-31", "2.4.1", (Check.REPRO,), {"period": measured, "today": measured}
    )


def made(folder: Path, name: str = "session_lost_7", text: str = "It is lost.", **facts: object) -> Case:
    programs = {"repro.py": f"# {text}\n", "README.md": PAGE.format(title=text, text=text, begin=BEGIN, end=END)}
    write_case(folder / name, "", programs)
    return case(name, folder / name, **facts)


def files(found: Mapping[Case, Evidence]) -> dict[str, str]:
    return dict(site(found, INDEX, PROFILES))


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, str]:
    """A site about a case whose every word is hostile."""
    facts: dict[str, object] = {"title": EVIL, "claims": (claim("0.4.0").model_copy(update={"source": EVIL}),)}
    # What no reader of case.toml would let through, either.
    facts |= {"aliases": (EVIL,), "retired": Retired.model_construct(on=EVIL, reason=EVIL)}
    subject = made(tmp_path, text=EVIL, kind=Kind.SECURITY).model_copy(update=facts)
    return files({subject: evidence("session_lost_7", EVIL)})


def pages(written: Mapping[str, str]) -> Iterable[tuple[str, Read]]:
    return ((name, Read(text)) for name, text in written.items() if name.endswith(".html"))


def test_whatever_a_case_says_is_shown_as_it_is_and_nothing_of_it_is_run(
    hostile: dict[str, str], tmp_path: Path
) -> None:
    plain = files({made(tmp_path / "plain", claims=(claim("0.4.0"),)): evidence("session_lost_7")})
    for name, page in pages(hostile):
        assert EVIL in page.text
        assert "img" not in page.tags
        assert "onerror" not in page.attributes
        assert [link for link in page.links if "alert" in link] == []
        assert len(page.scripts) == len(Read(plain[name]).scripts)


def test_in_the_data_of_the_script_nothing_ends_it(tmp_path: Path) -> None:
    odd = made(tmp_path, "session_lost_7").model_copy(update={"name": "</script><script>alert(1)"})
    page = Read(files({odd: evidence("session_lost_7")})["index.html"])
    data = json.loads(next(script for script in page.scripts if script.startswith("{")))
    assert list(data["bugs"]) == ["</script><script>alert(1)"]


def test_a_page_fetches_nothing_and_runs_no_script_but_its_own(hostile: dict[str, str]) -> None:
    for name, text in hostile.items():
        if name.endswith(".html"):
            (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
            assert unescape(policy).startswith("default-src 'none';")
            assert "unsafe-eval" not in policy
            assert not re.search(r"<(link|iframe|object|embed|base)\b|@import|url\(", text)
    # The page of a bug runs none at all.
    assert Read(hostile["bugs/session_lost_7/index.html"]).scripts == []


def test_every_case_has_a_page_with_its_evidence_beside_it_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    cases = [made(tmp_path, f"session_lost_{number}") for number in (7, 8, 9)]
    written = files({each: evidence(each.name) for each in cases})
    assert set(written) == {"index.html", "index.json"} | {
        f"bugs/{each.name}/{file}" for each in cases for file in ("index.html", "evidence.json")
    }
    for name, page in pages(written):
        inside = [link for link in page.links if "://" not in link and not link.startswith("#")]
        assert inside
        for link in inside:
            target = (tmp_path / name).parent.joinpath(link.partition("#")[0]).resolve()
            assert str(target.relative_to(tmp_path.resolve())) in written


def test_a_bugs_page_says_what_was_measured_and_what_its_readme_says_once(tmp_path: Path) -> None:
    page = Read(files({made(tmp_path): evidence("session_lost_7")})["bugs/session_lost_7/index.html"])
    for words in ("0.2.0 to 0.3.0", "affected", "AssertionError", "no_such_name", "It is lost.", "# It is lost."):
        assert words in page.text
    # The measured ranges are the page's own; those that were generated into the readme are left out.
    assert "\nranges\n" not in page.text


def test_a_page_of_a_case_is_shown_as_it_is_meant(tmp_path: Path) -> None:
    other = made(tmp_path, "session_lost_8")
    text = (
        "**Lost** in `starlette`: see [workaround.py](workaround.py), [another](../session_lost_8/README.md) and "
        "[upstream](https://example.org/).\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n![x](https://evil.example/x.png) "
        "<img src=x> [y](javascript:alert(1))"
    )
    subject = made(tmp_path, text=text)
    (subject.directory / "workaround.py").write_text("pass\n", encoding="utf-8")
    written = files({each: evidence(each.name) for each in (subject, other)})
    page = Read(written["bugs/session_lost_7/index.html"])
    assert {"strong", "code", "td"} <= set(page.tags)
    assert "img" not in page.tags
    assert {"#workaround.py", "../session_lost_8/index.html", "https://example.org/"} <= set(page.links)
    assert not [link for link in page.links if "javascript" in link]
    assert 'id="workaround.py"' in written["bugs/session_lost_7/index.html"]


def test_profiles_are_shown_apart_only_where_the_affected_releases_differ(tmp_path: Path) -> None:
    subject, known = made(tmp_path), evidence("session_lost_7")
    period = known.profiles["period"]
    # What could not be told is no difference, and the better strip is shown.
    first = Span("0.1.0", "0.1.0", Verdict.INCONCLUSIVE, Reason.OTHER_EXCEPTION, "", {})
    doubtful = replace(period, programs={Check.REPRO: (first, *period.programs[Check.REPRO][1:])})
    alike = replace(known, profiles={"period": doubtful, "today": known.profiles["today"]})
    index = files({subject: alike})["index.html"]
    assert index.count('<svg class="strip"') == 1
    assert 'rect class="not_applicable" x="0"' in index
    later = replace(period, programs={Check.REPRO: (Span("0.1.0", "0.4.0", Verdict.AFFECTED, None, "", {}),)})
    differing = replace(known, profiles={"period": later, "today": known.profiles["today"]})
    text = files({subject: differing})["index.html"]
    assert text.count('<svg class="strip"') == 2
    assert "period: 0.1.0 to 0.4.0" in text


def test_in_an_area_what_is_there_still_comes_first(tmp_path: Path) -> None:
    cases = {name: made(tmp_path, name) for name in ("session_lost_1", "session_lost_2")}
    still = evidence("session_lost_2")
    spans = (Span("0.1.0", "0.4.0", Verdict.AFFECTED, None, "", {}),)
    profiles = {name: replace(found, programs={Check.REPRO: spans}) for name, found in still.profiles.items()}
    known = {
        cases["session_lost_1"]: evidence("session_lost_1"),
        cases["session_lost_2"]: replace(still, profiles=profiles),
    }
    index = files(known)["index.html"]
    assert index.index('data-case="session_lost_2"') < index.index('data-case="session_lost_1"')


def test_a_claim_is_told_once_for_all_profiles_under_which_it_is_the_same(tmp_path: Path) -> None:
    subject = made(tmp_path, claims=(claim("0.4.0", "0.1.0"),))
    page = Read(files({subject: evidence("session_lost_7")})["bugs/session_lost_7/index.html"])
    assert page.text.count("fixed in 0.4.0") == 1
    assert "right (period, today)" in page.text
    assert "introduced in 0.2.0 (period, today)" in page.text


def test_a_program_that_says_nothing_of_the_bug_is_not_shown(tmp_path: Path) -> None:
    subject = made(tmp_path)
    (subject.directory / "typing_check.py").write_text("# a control\n", encoding="utf-8")
    (subject.directory / "workaround.py").write_text("# without upgrading\n", encoding="utf-8")
    text = files({subject: evidence(subject.name)})["bugs/session_lost_7/index.html"]
    assert "# a control" not in text
    assert "# without upgrading" in text


def test_the_index_for_programs_has_every_case_with_its_ranges(tmp_path: Path) -> None:
    subject = made(tmp_path, aliases=("CVE-2026-0001",))
    found = json.loads(files({subject: evidence(subject.name)})["index.json"])
    assert (found["as_of"], found["newest"]) == ("2026-12-31", "0.4.0")
    (bug,) = found["bugs"]
    assert (bug["case"], bug["title"], bug["area"], bug["kind"]) == (subject.name, subject.title, "sessions", "bug")
    assert bug["affected"] == dict.fromkeys(("period", "today"), "0.2.0 to 0.3.0")
    assert bug["aliases"] == ["CVE-2026-0001"]
    assert {link["type"] for link in bug["links"]} == {"REPORT", "FIX"}
    assert (bug["page"], bug["evidence"]) == ("bugs/session_lost_7/", "bugs/session_lost_7/evidence.json")


def test_an_area_is_open_where_the_newest_release_has_one_of_its_bugs(tmp_path: Path) -> None:
    subject, still = made(tmp_path), evidence("session_lost_7")
    assert "data-open" not in Read(files({subject: still})["index.html"]).attributes
    for found in still.profiles.values():
        assert isinstance(found.programs, dict)
        found.programs[Check.REPRO] = (Span("0.1.0", "0.4.0", Verdict.AFFECTED, None, "", {}),)
    assert "data-open" in Read(files({subject: still})["index.html"]).attributes


def test_the_first_page_of_a_hundred_and_fifty_cases_is_under_a_megabyte() -> None:
    workspace = open_workspace()
    measured = [(each, known) for each in workspace.cases if (known := load(evidence_file(each), workspace.index))]
    assert measured
    copies = {
        one.model_copy(update={"name": f"copy_{number}_{one.name}"}): known
        for number in range(150)
        for one, known in [measured[number % len(measured)]]
    }
    written = dict(site(copies, workspace.index, workspace.profiles))
    assert len(written["index.html"].encode()) < 1_000_000
    assert max(len(text.encode()) for text in written.values()) < 1_000_000


def test_the_same_evidence_is_the_same_site(tmp_path: Path) -> None:
    found = {made(tmp_path): evidence("session_lost_7")}
    assert files(found) == files(found)
