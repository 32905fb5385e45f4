"""The page and the picture: all of the evidence, escaped, told apart without colours, and the same bytes each time."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Case, Check, Claim
from harness.catalogue.loading import load_catalogue
from harness.support.errors import UserError
from harness.evidence.document import Document, load
from harness.support.exits import Exit
from harness.releases.index import Profile, load_index
from harness.reports.page.claims import assess, comebacks
from harness.reports.page.headlines import headlines
from harness.reports.page.html import to_html
from harness.reports.page.looks import LOOKS, PAPER
from harness.reports.page.matrix import Cell, Line, Matrix, Seen, read_matrix
from harness.reports.page.svg import to_svg
from harness.support.paths import EVIDENCE, ROOT
from tests.support.factories import case, claim, index, release
from tests.support.projects import CUTOFF, GREETING, MiniatureCase, Project, lay_out

LETTERS = {
    "a": Verdict.AFFECTED,
    "u": Verdict.UNAFFECTED,
    "n": Verdict.NOT_APPLICABLE,
    "i": Verdict.INCONCLUSIVE,
    "x": Verdict.UNAVAILABLE,
    "f": Verdict.FLAKY,
}
COMMITTED = read_matrix(load_index(), load_catalogue(), EVIDENCE)
PAGE = to_html(COMMITTED, "../cases")
HOSTILE = "</script></title></style><img src=x onerror=alert(1)> & ${data} <!-- \u2028 'quoted' \"twice\""


def line(
    letters: str, profile: Profile = Profile.PERIOD, subject: Case | None = None, said: str = "it was seen"
) -> Line:
    """A letter for the verdict on each of 0.1.0, 0.2.0 and so on; anyio grows along, trio comes with 0.3.0."""
    cells = []
    for number, letter in enumerate(letters, 1):
        resolved = {"anyio": str(number), **({"trio": "1"} if number > 2 else {})}
        seen = Seen(Check.REPRO, True, LETTERS[letter], said)
        control = Seen(Check.TYPING, False, Verdict.AFFECTED, said)
        cells.append(Cell(release(f"0.{number}.0"), (seen, control), resolved))
    return Line(subject or case(), profile, tuple(cells))


def matrix(*lines: Line) -> Matrix:
    return Matrix(index(*(cell.release for cell in lines[0].cells)), lines, {"python": "3.11", "mypy": "2.4.1"})


def data(page: str) -> dict[str, Any]:
    """What the script of *page* reads."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return dict(json.loads(found))


def verdicts(name: str, profile: str) -> list[str]:
    """The telling verdicts of committed evidence, read in the plainest way."""
    found = json.loads((EVIDENCE / f"{name}.json").read_text(encoding="utf-8"))["profiles"][profile]
    (check,) = [check for check in ("repro", "typing") if found[check]["tells"]]
    return [row[check] for row in found["releases"]]


def test_every_release_is_on_the_line_of_every_case_and_profile_exactly_once() -> None:
    versions = [each.version for each in load_index().releases]
    shown = re.findall(r'<th scope="col"[^>]*><span>([^<]+)</span></th>', PAGE)
    drawn = [
        re.findall(r'<td[^>]*><svg class="(\w+)"', row)
        for row in re.findall('<tr class="line".*?</tr>', PAGE, re.DOTALL)
    ]
    told = data(PAGE)
    rows = [(row["case"], row["profile"]) for row in told["rows"]]
    assert Counter(rows) == Counter((each.name, str(profile)) for each in load_catalogue() for profile in Profile)
    assert shown == [each["version"] for each in told["releases"]] == versions
    for (name, profile), row, cells in zip(rows, told["rows"], drawn, strict=True):
        assert cells == [told["facts"][fact]["verdict"] for fact in row["cells"]] == verdicts(name, profile)


def test_a_cell_has_what_was_seen_by_every_program_and_what_was_installed() -> None:
    told = data(PAGE)
    for row in told["rows"]:
        found = load(EVIDENCE / f"{row['case']}.json")
        assert found is not None
        for fact, measured in zip(row["cells"], found["profiles"][row["profile"]]["releases"], strict=True):
            cell = told["facts"][fact]
            assert {seen["check"]: seen["verdict"] for seen in cell["programs"]} == {
                check: measured[check] for check in ("repro", "typing")
            }
            assert {seen["check"]: seen["evidence"] for seen in cell["programs"]} == measured["evidence"]
            assert cell["with"] == measured["with"]


def test_the_intervals_are_those_of_the_evidence() -> None:
    for each in COMMITTED.lines:
        found = load(EVIDENCE / f"{each.case.name}.json")
        assert found is not None
        (check,) = [check for check in (Check.REPRO, Check.TYPING) if each.case.tells(check)]
        spelled = [(one.introduced, one.last_affected, one.fixed) for one in each.intervals]
        assert spelled == [tuple(one.values()) for one in found["profiles"][each.profile][check]["intervals"]]


def test_prereleases_and_yanked_releases_are_marked() -> None:
    marked = {each["version"]: each["marks"] for each in data(PAGE)["releases"] if each["marks"]}
    wanted = {each.version for each in load_index().releases if each.yanked or not each.is_final}
    assert marked.keys() == wanted
    assert marked["0.20.2"] == ["yanked"]
    assert marked["1.0.0rc1"] == ["pre-release"]
    assert re.search(r'class="first pre" title="0\.12\.0b1, [-\d]+, pre-release"', PAGE)
    assert re.search(r'class="yanked" title="0\.20\.2, [-\d]+, yanked"', PAGE)


def test_every_verdict_has_a_shape_and_a_colour_of_its_own() -> None:
    assert LOOKS.keys() == set(Verdict)
    for what in ("label", "shape", "light", "dark"):
        assert len({getattr(look, what) for look in LOOKS.values()}) == len(Verdict)
    for verdict in Verdict:
        assert f'<symbol id="{verdict}"' in PAGE


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_and_words_stand_out_from_the_paper(scheme: str) -> None:
    style = (ROOT / "harness" / "page" / "page.css").read_text(encoding="utf-8")
    roots = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    words = dict(re.findall(r"--(ink|faint|link|good|bad): (#\w+);", roots[0 if scheme == "light" else 1]))
    assert len(words) == 5
    colours = [*words.values(), *(getattr(look, scheme) for look in LOOKS.values())]
    assert min(contrast(colour, PAPER[scheme]) for colour in colours) >= 4.5


@pytest.mark.parametrize(
    ("letters", "fixed", "answer", "why"),
    [
        ("uaau", "0.4.0", "right", "affected up to 0.3.0, then no more"),
        ("aauuu", "0.4.0", "wrong", "fixed in 0.3.0 already, 1 final release earlier"),
        ("auuuu", "0.5.0", "wrong", "fixed in 0.2.0 already, 3 final releases earlier"),
        ("aaaau", "0.3.0", "wrong", "still affected up to 0.4.0"),
        ("aaa", "0.2.0", "wrong", "still affected up to 0.3.0"),
        ("auaau", "0.2.0", "wrong", "affected again in 0.3.0 to 0.4.0"),
        ("auauu", "0.4.0", "right", "affected up to 0.3.0, then no more"),
        ("aiu", "0.3.0", "could not be told", "0.2.0 is inconclusive"),
        ("aiuu", "0.4.0", "wrong", "fixed in 0.3.0 already, 1 final release earlier"),
        ("auxu", "0.2.0", "right", "affected up to 0.1.0, then no more"),
        ("axu", "0.2.0", "could not be told", "0.2.0 is unavailable"),
        ("an", "0.2.0", "could not be told", "0.2.0 is not_applicable"),
        ("uun", "0.2.0", "could not be told", "no release is affected"),
        ("aa", "0.3.0", "could not be told", "0.3.0 is not out"),
    ],
)
def test_a_claim_is_held_against_the_measurement(letters: str, fixed: str, answer: str, why: str) -> None:
    found = assess(claim(fixed), line(letters))
    assert (found.answer, found.why) == (answer, why)


def test_a_bug_that_came_back_is_shown_with_what_else_changed() -> None:
    (back,) = comebacks(line("auiau"))
    assert (back.fixed, back.again.introduced, back.before.release.version) == ("0.2.0", "0.4.0", "0.2.0")
    assert back.changed == (("anyio", "2", "4"), ("trio", None, "1"))
    assert not list(comebacks(line("aiaau")))


def test_the_headlines_say_which_claims_are_wrong_what_came_back_and_how_it_is_today() -> None:
    found = {each.short: each.long for each in headlines(COMMITTED)}
    assert "fixed in 0.12.0 already, 18 final" in found["#330: the claim, fixed in 0.13.4, is wrong."]
    assert "fixed in 0.12.8 already, 10 final" in found["#483: the claim, fixed in 0.13.4, is wrong."]
    assert "whatever the dependencies" in found["#1117: the claim, fixed in 0.17.0, is right."]
    assert "with today's dependencies, wrong" in found["#1255: the claim, fixed in 0.17.0, is wrong in part."]
    back = found["#1255 came back after its fix in 0.17.0."]
    assert "0.19.0 to 0.30.0 again (20 releases), fixed in 0.31.0" in back
    assert "anyio 3.7.1 becomes 4.16.0" in back
    assert f"{load_index().newest}, the newest release, has none of them." in found


def test_a_bug_of_the_newest_release_and_what_could_not_be_told_are_headlines() -> None:
    subject = case(claims=(claim("0.2.0"),))
    found = matrix(line("uix", subject=subject), line("uua", Profile.TODAY, subject))
    assert [(each.short, each.notable) for each in headlines(found)] == [
        ("#7: the claim, fixed in 0.2.0, is wrong in part.", True),
        ("0.3.0, the newest release, has #7.", True),
        ("2 of 6 verdicts could not be told.", False),
    ]
    newest = [each.short for each in headlines(matrix(line("aui")))]
    assert newest == ["0.3.0, the newest release, shows none of them.", "1 of 3 verdicts could not be told."]


class Elements(HTMLParser):
    """Counts the elements and the names of the attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update([tag, *(f"{tag}[{name}]" for name, _ in attrs)])


def test_nothing_that_a_program_said_or_a_case_claims_gets_out_of_its_place() -> None:
    def page(words: str) -> str:
        subject = case(claims=(Claim(words, "0.2.0"),), title=words)
        return to_html(matrix(*(line("aixfun", profile, subject, words) for profile in Profile)), "../cases")

    hostile = page(HOSTILE)
    assert Elements(hostile).found == Elements(page("harmless")).found
    assert {seen["evidence"] for fact in data(hostile)["facts"] for seen in fact["programs"]} == {HOSTILE}


def test_the_page_needs_nothing_else() -> None:
    assert "default-src 'none'" in PAGE
    assert not re.search(r"<link|@import|url\(|\bsrc=|fetch\(|XMLHttpRequest", PAGE)
    assert set(re.findall(r'href="(\.\./cases/\w+/README\.md)"', PAGE)) == {
        f"../cases/{each.name}/README.md" for each in load_catalogue()
    }


def test_the_committed_picture_is_what_the_evidence_gives() -> None:
    assert (EVIDENCE / "matrix.svg").read_text(encoding="utf-8") == to_svg(COMMITTED), "write it with: nox -s report"


def test_the_picture_is_well_formed_and_draws_every_cell_once() -> None:
    root = ElementTree.fromstring(to_svg(COMMITTED))
    space = "{http://www.w3.org/2000/svg}"
    assert root[0].tag == f"{space}title"
    assert root[1].tag == f"{space}desc"
    assert "#1255 today: affected 0.15.0 to 0.16.0, 0.19.0 to 0.30.0." in str(root[1].text)
    drawn: Counter[str] = Counter()
    places = []
    for path in root.iter(f"{space}path"):
        starts = re.findall(r"M[\d.]+ [\d.]+", path.attrib["d"])
        drawn[path.attrib["class"]] += len(starts)
        places += starts
    verdicts = Counter(str(cell.verdict) for cell in COMMITTED.cells)
    assert drawn == verdicts + Counter(dict.fromkeys(verdicts, 1)), "each cell, and the legend"
    assert len(places) == len(set(places))
    assert not [each for each in root.iter() if each.tag == f"{space}script"]


@pytest.mark.parametrize("letters", ["a", "axfinu"])
def test_a_picture_of_little_is_drawn_too(letters: str) -> None:
    assert ElementTree.fromstring(to_svg(matrix(line(letters)))).attrib["role"] == "img"


# --- What is refused, and the command


CASE = case()


def document(**changes: Any) -> Document:
    """Evidence of `CASE` on 0.1.0 and 0.2.0; *changes* are keys of the last release under `today`."""
    row = {"repro": "affected", "typing": "unaffected", "evidence": {"repro": "seen", "typing": "no"}, "with": {}}
    checks = {"repro": {"tells": True, "intervals": []}, "typing": {"tells": False, "intervals": []}}
    profiles: Document = {
        profile: {**checks, "releases": [{"release": version, **row} for version in ("0.1.0", "0.2.0")]}
        for profile in ("period", "today")
    }
    profiles["today"]["releases"][-1].update(changes)
    return {"as_of": "2026-12-31", "tools": {"python": "3.11", "mypy": "2.4.1"}, "profiles": profiles}


def _without_a_release(found: Document) -> None:
    del found["profiles"]["period"]["releases"][0]


def _twice(found: Document) -> None:
    found["profiles"]["period"]["releases"] *= 2


def _nothing_tells(found: Document) -> None:
    found["profiles"]["today"]["repro"] = {"tells": False}


def _of_another_day(found: Document) -> None:
    found["as_of"] = "2026-12-30"


def _without_tools(found: Document) -> None:
    del found["tools"]["mypy"]


def _with(**changes: Any) -> Callable[[Document], None]:
    return lambda found: found["profiles"]["today"]["releases"][-1].update(changes)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without_a_release, "under period nothing is said of 0.1.0"),
        (_twice, "under period the releases are not those of evidence/releases.json"),
        (_nothing_tells, "under today no program tells"),
        (_of_another_day, "it is as of 2026-12-30, evidence/releases.json as of 2026-12-31"),
        (_without_tools, "KeyError('mypy')"),
        (_with(repro="fine"), "'fine' is not a valid Verdict"),
        (_with(evidence={"repro": "seen"}), "KeyError"),
        (_with(evidence={"repro": 1, "typing": ""}), "1 is no text"),
        (_with(evidence={"repro": "\ud800", "typing": ""}), "surrogates not allowed"),
        (_with(**{"with": ["anyio"]}), "AttributeError"),
    ],
)
def test_damaged_evidence_is_refused(damage: Callable[[Document], None], said: str, tmp_path: Path) -> None:
    path = tmp_path / f"{CASE.name}.json"
    found = document()
    path.write_text(json.dumps(found), encoding="utf-8")
    assert len(read_matrix(index("0.1.0", "0.2.0"), [CASE], tmp_path).lines) == 2
    damage(found)
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_matrix(index("0.1.0", "0.2.0"), [CASE], tmp_path)
    (message,) = str(caught.value).splitlines()
    assert message.startswith(f"{path}: this is no evidence: ")
    assert said in message
    assert message.endswith("write it with: nox -s sweep")


def test_what_was_carried_over_says_of_which_day_it_is(tmp_path: Path) -> None:
    (tmp_path / f"{CASE.name}.json").write_text(json.dumps(document(as_of="2026-12-30")), encoding="utf-8")
    found = read_matrix(index("0.1.0", "0.2.0"), [CASE], tmp_path)
    assert [cell.as_of for cell in found.cells] == [None, None, None, "2026-12-30"]
    assert "2026-12-30" in {fact["as_of"] for fact in data(to_html(found, "../cases"))["facts"]}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the evidence of a case on two releases."""
    boundary = (("0.1.0", "0.2.0"),)
    subject = MiniatureCase("greeting_1", boundary, GREETING)
    found = lay_out(tmp_path_factory.mktemp("report"), {"0.1.0": "has_bug", "0.2.0": "fixed"}, [subject])
    evidence = json.dumps({**document(repro="unaffected"), "as_of": CUTOFF})
    (found.root / "evidence" / "greeting_1.json").write_text(evidence, encoding="utf-8")
    return found


def test_the_command_writes_the_same_bytes_each_time_and_says_where(project: Project) -> None:
    written = []
    for seed in ("1", "2"):
        ended = project.python("-m", "harness", "report", more={"PYTHONHASHSEED": seed})
        assert ended.code == Exit.AS_EXPECTED, ended.said
        assert ended.stdout.split() == ["reports/starlette-cases.html", "evidence/matrix.svg"]
        written.append([(project.root / name).read_bytes() for name in ended.stdout.split()])
    assert written[0] == written[1]
    assert str(project.root).encode() not in b"".join(written[0])


def test_a_page_elsewhere_finds_the_cases_too(project: Project) -> None:
    ended = project.python("-m", "harness", "report", "--output", "../a page.html")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    page = (project.root.parent / "a page.html").read_text(encoding="utf-8")
    assert 'href="a%20project/cases/greeting_1/README.md"' in page


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("nowhere/page.html", "--output nowhere/page.html: there is no folder nowhere; name one that is there"),
        ("cases", "--output cases: this is a folder; name a file in it"),
    ],
)
def test_a_page_that_cannot_be_written_is_wrong_use(project: Project, output: str, said: str) -> None:
    ended = project.python("-m", "harness", "report", "--output", output)
    assert (ended.code, ended.stderr) == (Exit.WRONG_USE, f"{said}\n")


def test_missing_evidence_is_wrong_use(project: Project, tmp_path: Path) -> None:
    path = project.root / "evidence" / "greeting_1.json"
    path.rename(tmp_path / path.name)
    try:
        ended = project.python("-m", "harness", "report")
    finally:
        (tmp_path / path.name).rename(path)
    (said,) = ended.stderr.splitlines()
    assert ended.code == Exit.WRONG_USE
    assert said == f"{path}: there is no such file; write it with: nox -s sweep -- --case greeting_1"
