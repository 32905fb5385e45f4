"""The values of a case file: each wrong one is refused, with the file, the key and what would be right."""

import re
from pathlib import Path

import pytest

from harness.catalogue.case import Boundary, Claim, Signature
from tests.support.case_files import BOUNDARY, FILE, GOOD, changed, refusal_of, table_of, without


@pytest.mark.parametrize(
    "key",
    [
        *("title", "area", "kind", "references", "claims[0].source", "boundaries[0].broken", "boundaries[0].profile"),
        *("symptom[0].raises", "symptom[0].raised_in", "absent[0].raises", "mutant[0].replace", "touches[0].name"),
    ],
)
def test_a_missing_key_is_named(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, without(key))
    assert line.startswith(f"{FILE}: {key}: missing; write ")


@pytest.mark.parametrize(
    "key",
    [
        "isue",
        "open[0].on",
        "retired.why",
        "references.docs",
        "claims[0].broken",
        "boundaries[0].side",
        "environment.needs",
        "symptom[0].file",
        "touches[0].argument",
    ],
)
def test_an_unknown_key_is_named_beside_the_known_ones(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, "x"))
    said, known = line.split("; the keys here are ")
    table, _ = table_of(GOOD, key)
    assert said == f"{FILE}: {key}: unknown key"
    assert set(known.split(", ")) >= set(table)


KINDS = {
    "a string": ("x", ""),
    "a whole number": (7, ""),
    "strings": (["x"], ""),
    "a table": ({"x": 1}, ""),
    "tables": ([{"x": 1}], ""),
    "a truth value": (True, ""),
    "a fraction": (1.5, ""),
    "numbers": ([7], ""),
}
KEYS = {
    "a string": [
        "title",
        "references.advisory",
        "claims[0].fixed",
        "boundaries[0].broken",
        "environment.python",
        "mutant[0].find",
    ],
    "a whole number": ["references.issue"],
    "strings": ["aliases", "boundaries[0].untyped", "environment.requires", "environment.optional"],
    "a table": ["references", "environment", "retired"],
    "tables": ["claims", "boundaries", "open", "symptom", "absent", "mutant", "touches"],
}


@pytest.mark.parametrize(
    ("key", "wanted", "given"),
    [(key, wanted, given) for wanted, keys in KEYS.items() for key in keys for given in KINDS if given != wanted],
)
def test_a_value_of_another_kind_is_refused(key: str, wanted: str, given: str, tmp_path: Path) -> None:
    value, _ = KINDS[given]
    line, *_ = refusal_of(tmp_path, changed(key, value))
    assert re.match(rf"{re.escape(f'{FILE}: {key}')}(\[0\])?(\.\w+)?: ", line)
    assert re.search("write |unknown key", line)


# Each breaks the compiler of regular expressions in a way of its own.
MONSTERS = {"unclosed": "(", "huge": "a{4294967295}", "nested": "(" * 3000, "doubtful": "[[a]"}
BAD = [
    ("references.issue", 0, "references.issue", "the issue's number, e.g. 483"),
    ("title", " ", "title", "it is empty; write a sentence"),
    ("title", "TODO: what", "title", "is still to be written"),
    ("area", "colours", "area", "'colours' is none of routing, requests"),
    ("kind", "feature", "kind", "'feature' is none of bug, security, behaviour"),
    ("references.advisory", "http://index.example/pull/597", "references.advisory", "https://"),
    *(
        ("references.advisory", f"https:{rest}", "references.advisory", "and a host")
        for rest in ("", "//", "///issues/483", "//  ", "//[")
    ),
    *(
        ("references.fix", wrong, "references.fix", "a pull request's number, or a commit's hash")
        for wrong in (0, -1, True, "4ea6e2", "pull/597", "xyzxyzx", "a" * 41)
    ),
    *(
        ("aliases", [wrong], "aliases[0]", "such as CVE-2025-62727")
        for wrong in ("", "not an alias", "CVE-25-1", "cve-2025-62727", "GHSA-aaaa-bbbb-cccc", "PYSEC-1")
    ),
    ("claims[0].introduced", "0.14.0", "claims[0]", "introduced 0.14.0 is not older than fixed 0.13.4; swap them"),
    ("claims[0]", {"source": "a page"}, "claims[0]", "it claims nothing; write introduced, fixed or both"),
    ("open[0].profile", "tomorrow", "open[0].profile", "'tomorrow' is not a profile; write one of period, today"),
    ("symptom[0].profile", "tomorrow", "symptom[0].profile", "is not a profile"),
    ("gone", "9.9.9", "gone", "9.9.9 is not on the index"),
    ("retired.on", "2026-11-25", "retired.on", "write one without quotes, e.g. 2027-03-31"),
    ("no_mutant", "no", "no_mutant", "there is a [[mutant]] too; remove one of them"),
    ("no_touches", "no", "no_touches", "there is a [[touches]] too; remove one of them"),
    ("touches[0].name", "Request", "touches[0].name", 'such as "starlette.requests.Request.form"'),
    ("touches[0].name", "starlette.requests.", "touches[0].name", "is not a name of Starlette's; write it whole"),
    ("touches[0].beside", ["fastapi.Form"], "touches[0].beside[0]", "is not a name of Starlette's"),
    ("touches[0].keyword", "https-only", "touches[0].keyword", 'such as "https_only"'),
    ("touches[0].place", -1, "touches[0].place", "counted from 0"),
    ("also_seen_by", ["nobody_1"], "also_seen_by[0]", "'nobody_1' is not another case"),
    ("also_seen_by", ["session_lost_483"], "also_seen_by[0]", "is not another case"),
    ("claims[0].fixed", "soon", "claims[0].fixed", "'soon' is not a version; write a release"),
    ("boundaries[0].broken", "0.12.x", "boundaries[0].broken", "'0.12.x' is not a version; write a release"),
    ("boundaries[0]", BOUNDARY | {"broken": "0.12.8", "fixed": "0.12.7"}, "boundaries[0]", "swap them"),
    ("boundaries[0].fixed", "0.12.7", "boundaries[0]", "fixed 0.12.7 is the broken release itself; write the release"),
    ("boundaries[0].broken", "0.12.6", "boundaries[0].fixed", "0.12.7 follows 0.12.6"),
    ("boundaries[0].fixed", "0.13.0", "boundaries[0].fixed", "0.12.8 follows 0.12.7"),
    ("boundaries[0].broken", "0.12.7.1", "boundaries[0].broken", "0.12.7.1 is not a final release on the index"),
    ("boundaries[0].fixed", "0.12.08", "boundaries[0].fixed", "is not spelled as the index spells it; write 0.12.8"),
    (
        "boundaries[0]",
        BOUNDARY | {"broken": "0.12.0b3", "fixed": "0.12.0"},
        "boundaries[0].broken",
        "0.12.0b3 is not a final",
    ),
    (
        "boundaries[0]",
        BOUNDARY | {"broken": "0.11.4", "fixed": "0.12.0b1"},
        "boundaries[0].fixed",
        "0.12.0b1 is not a final",
    ),
    ("boundaries[0].profile", "yesterday", "boundaries[0].profile", "write one of period, today"),
    ("boundaries[0].untyped", ["newest"], "boundaries[0].untyped[0]", '"broken" or "fixed"'),
    ("environment.requires", ["its dangerous"], "environment.requires[0]", 'such as "itsdangerous"'),
    ("environment.drivers", ["asgiref =="], "environment.drivers[0]", "'asgiref ==' is not a requirement"),
    ("environment.python", "3.13", "environment.python", 'such as "<3.13"'),
    ("symptom[0].raises", "Assertion Error", "symptom[0].raises", 'such as "AssertionError"'),
    ("symptom[0].raises", "", "symptom[0].raises", 'such as "AssertionError"'),
    ("symptom[0].raised_in", "/starlette/requests.py", "symptom[0].raised_in", 'such as "starlette/requests.py"'),
    ("symptom[0].raised_in", "starlette.requests", "symptom[0].raised_in", 'such as "starlette/requests.py"'),
    ("absent[0].raised_in", "starlette\\requests.py", "absent[0].raised_in", 'such as "starlette/requests.py"'),
    *(
        ("symptom[0].matches", text, "symptom[0].matches", "is not a regular expression: ")
        for text in MONSTERS.values()
    ),
    *(
        ("mutant[0].file", text, "mutant[0].file", 'is not a path below site-packages; write one such as "starlette/')
        for text in ("", ".", "../pyvenv.cfg", "starlette/../../x.py", "/etc/hosts", "starlette/**", "**.py", "a//b")
    ),
    ("mutant[0].find", "", "mutant[0].find", "it is empty; write text"),
    ("mutant[0].find", "http", "mutant[0].find", "must change something"),
    ("environment.requires", ["x; " + "(" * 3000], "environment.requires[0]", 'such as "itsdangerous"'),
    ("claims[0].fixed", "1" * 5000, "claims[0].fixed", "digits"),
    ("references.issue", 2**40, "references.issue", "e.g. 483"),
]


@pytest.mark.parametrize(("key", "value", "at", "right"), BAD, ids=[f"{key}={value}"[:60] for key, value, *_ in BAD])
def test_a_bad_value_is_refused(key: str, value: object, at: str, right: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, value))
    assert line.startswith(f"{FILE}: {at}: ")
    assert right in line


def test_a_wrong_value_cannot_be_constructed() -> None:
    with pytest.raises(ValueError, match=r"(?s)raises.*raised_in.*matches"):
        Signature(raises="a b", raised_in="x", matches="(")
    with pytest.raises(ValueError, match="swap them"):
        Boundary(broken="0.4.0", fixed="0.3.0", profile="period")
    with pytest.raises(ValueError, match="it claims nothing"):
        Claim(source="a page")
