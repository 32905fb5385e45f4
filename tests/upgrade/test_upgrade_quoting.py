"""Nothing that a report on an upgrade quotes can break it; SARIF fits its schema and points at the pin."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from harness.reports.formats.github import fence
from harness.upgrade.comparison import Comparison
from harness.upgrade.formats import github, table
from tests.support.schemas import validate
from tests.support.upgrades import HERE, comparison, hostile, pins, results, side, written

EVIL = (
    "x|`|\\| ``` @user #1 octo/cat#2 $x$ **b** [a](https://evil.example) www.evil.example {0} [/b] 100%\n"
    "</code></details><script>alert(1)</script><!--\r\n```\n\n::error::owned\n##[error]owned\x1b[31m\0\u202e\udcff\ufffe&amp;"
)


def test_hostile_text_stays_text_in_markdown() -> None:
    text = written("markdown", hostile(EVIL))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    tags = {each.content.strip() for each in [*tokens, *inline] if each.type in ("html_inline", "html_block")}
    assert {re.sub("<summary>.*</summary>", "", tag) for tag in tags} == {
        "<code>",
        "</code>",
        "<details>",
        "</details>",
    }
    assert sum(t.type == "html_block" for t in tokens) == 2 * (3 + 1)
    links = {each.attrs["href"] for each in inline if each.type == "link_open"}
    assert all(str(link).startswith("https://github.com/Kludex/starlette/issues/") for link in links)
    bold = [nxt.content for each, nxt in pairwise(inline) if each.type == "strong_open"]
    assert bold == ["Introduced by this upgrade: 2"]
    rows = [t for t in tokens if t.type == "tr_open"]
    cells = [t for t in tokens if t.type in ("td_open", "th_open")]
    assert (len(rows), len(cells)) == (4 + 5 + 1 + 4 + 3, 9 * 4 + 5 * 3 + 3 * 7)
    blocks = [t.content for t in tokens if t.type == "fence"]
    assert len(blocks) == 3 + 1
    assert all("</details><script>alert(1)</script>" in block for block in [*blocks[:2], blocks[3]])


def test_a_renderer_without_html_shows_hostile_text_as_it_is() -> None:
    page = MarkdownIt("commonmark", {"html": False}).enable("table").render(written("markdown", hostile(EVIL)))
    assert "<script" not in page
    assert "<details" not in page
    assert page.count("</table>") == 4 + 1 + 1


def test_markdown_mentions_and_refers_to_nobody() -> None:
    text = written("markdown", hostile(EVIL))
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    linkable = re.sub(r"(?s)<code[ >].*?</code>|<a .*?</a>", "", shown)
    assert "@\u200buser" in linkable
    assert not re.search(r"@\w|#\d", linkable)


def test_hostile_text_stays_text_in_xml_and_json() -> None:
    ElementTree.fromstring(written("junit", hostile(EVIL)))
    text = written("json", hostile(EVIL))
    document = json.loads(text.encode("utf-8"))
    assert document["format"] == "starlette-cases-upgrade/2"
    assert document["findings"][0]["before"]["evidence"] == EVIL.replace("\udcff", "\\udcff")


def test_hostile_text_never_reaches_a_terminal() -> None:
    shown = written("table", hostile(EVIL))
    assert {c for c in shown if not c.isprintable()} == {"\n"}
    assert "[a](https://evil.example)" in shown, "the console's own markup is none here"
    narrow = StringIO()
    table.show(hostile(EVIL), Console(file=narrow, width=30, color_system=None))
    assert "\x1b" not in narrow.getvalue()


def test_hostile_text_gives_github_no_orders() -> None:
    lines = github.annotations(hostile(EVIL), HERE).splitlines()
    assert len(lines) == 5
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) file=[^:,]+,line=(31|3),title=[^:,]+::[^\r\n\x1b]+", line)
    assert fence("k3y") == ("::stop-commands::k3y", "::k3y::")


@pytest.mark.parametrize("make", [comparison, lambda: hostile(EVIL), lambda: replace(comparison(), findings=())])
def test_sarif_fits_its_schema(make: Callable[[], Comparison]) -> None:
    validate(json.loads(written("sarif", make())), "sarif-schema-2.1.0.json")


def test_a_broken_sarif_is_noticed() -> None:
    document = json.loads(written("sarif", comparison()))
    document["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(ValueError, match="fatal"):
        validate(document, "sarif-schema-2.1.0.json")


def test_each_sarif_result_belongs_to_a_rule_with_what_github_asks_for() -> None:
    (run,) = json.loads(written("sarif", hostile(EVIL)))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert len({rule["id"] for rule in rules}) == 6
    for rule in rules:
        assert rule["helpUri"].startswith("https://github.com/Kludex/starlette/issues/")
        assert rule["help"]["text"] == f"More about {rule['id']}: {rule['helpUri']}"
        for key in ("shortDescription", "fullDescription"):
            assert not re.search(r"(?<!\{)\{\d|\]\(", rule[key]["text"])
    assert all(not re.search(r"(?<!\{)\{\d|\]\(|\n", each["message"]["text"]) for each in run["results"])


def test_a_sarif_result_keeps_its_fingerprint_when_the_line_moves() -> None:
    before, after = (results(comparison(after=side(pins=pins("0.3.0", line=line)))) for line in (31, 99))
    assert before[0]["partialFingerprints"] == after[0]["partialFingerprints"] != {}
    assert before[0]["locations"] != after[0]["locations"]


@pytest.mark.parametrize(
    ("old", "new", "uri", "line"),
    [
        (("uv.lock", 31), ("uv.lock", 32), "uv.lock", 32),
        (("uv.lock", 31), ("uv.lock", None), "uv.lock", 31),
        (("old.lock", 31), ("new.lock", None), "new.lock", 1),
        ((None, None), ("locks/a b#1.txt", 3), "locks/a%20b%231.txt", 3),
        (("../project/uv.lock", 31), (None, None), "uv.lock", 31),
        (("uv.lock", 31), ("/elsewhere/uv.lock", 5), "file:///elsewhere/uv.lock", 5),
        (("uv.lock", 31), ("b\udcff.lock", 5), "b%FF.lock", 5),
        ((None, None), (None, None), None, None),
    ],
)
def test_a_result_points_at_the_line_that_pins_starlette(old: Any, new: Any, uri: str | None, line: int | None) -> None:
    sides = [side(pins=pins("0.3.0", *each)) for each in (old, new)]
    found = comparison(before=sides[0], after=sides[1])
    (result,) = results(found)
    if uri is None:
        assert "locations" not in result
        assert github.annotations(found, HERE).startswith("::error title=")
        return
    (location,) = result["locations"]
    artifact = location["physicalLocation"]["artifactLocation"]
    assert (artifact["uri"], location["physicalLocation"]["region"]) == (uri, {"startLine": line})
    assert artifact.get("uriBaseId") == (None if uri.startswith("file:") else "%SRCROOT%")


def test_files_are_named_from_where_the_command_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locks").mkdir()
    monkeypatch.chdir(tmp_path / "locks")
    lock = side(pins=pins("0.3.0", str(tmp_path / "locks" / "uv.lock")))
    assert '"uri": "uv.lock"' in written("sarif", comparison(after=lock))
