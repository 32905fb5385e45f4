"""The values of a case file: each wrong one is refused, with the file, the key and what would be right."""

import re
from pathlib import Path

import pytest

from harness.catalogue.case import Signature
from tests.support.case_files import BOUNDARY, FILE, GOOD, changed, refusal_of, table_of, without
from tests.support.factories import boundary, case


@pytest.mark.parametrize(
    "key",
    [
        *("issue", "title", "links", "boundaries", "links.fix", "claims[0].source", "boundaries[0].profile"),
        *("symptom[0].raises", "symptom[0].raised_in", "absent[0].raises", "mutant[0].replace"),
    ],
)
def test_a_missing_key_is_named(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, without(key))
    assert line.startswith(f"{FILE}: {key}: missing; write ")


@pytest.mark.parametrize(
    "key",
    ["isue", "links.docs", "claims[0].broken", "boundaries[0].side", "environment.needs", "symptom[0].file"],
)
def test_an_unknown_key_is_named_beside_the_known_ones(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, "x"))
    said, known = line.split("; the keys here are ")
    table, _ = table_of(GOOD, key)
    assert said == f"{FILE}: {key}: unknown key"
    assert set(known.split(", ")) == set(table)


KINDS = {
    "a string": ("x", "write a string in quotes"),
    "a whole number": (7, "write a whole number"),
    "strings": (["x"], r"write a (list of strings|string in quotes)"),
    "a table": ({"x": 1}, "write its keys below"),
    "tables": ([{"x": 1}], "write (one or more tables|its keys below)"),
    "a truth value": (True, ""),
    "a fraction": (1.5, ""),
    "numbers": ([7], ""),
}
KEYS = {
    "a string": [
        "title",
        "links.fix",
        "claims[0].fixed",
        "boundaries[0].broken",
        "environment.python",
        "mutant[0].find",
    ],
    "a whole number": ["issue"],
    "strings": ["aliases", "boundaries[0].untyped", "environment.requires", "environment.optional"],
    "a table": ["links", "environment"],
    "tables": ["claims", "boundaries", "symptom", "absent", "mutant"],
}


@pytest.mark.parametrize(
    ("key", "wanted", "given"),
    [(key, wanted, given) for wanted, keys in KEYS.items() for key in keys for given in KINDS if given != wanted],
)
def test_a_value_of_another_kind_is_refused(key: str, wanted: str, given: str, tmp_path: Path) -> None:
    (value, _), (_, right) = KINDS[given], KINDS[wanted]
    (line,) = refusal_of(tmp_path, changed(key, value))
    assert re.match(rf"{re.escape(f'{FILE}: {key}')}(\[0\])?: ", line)
    assert re.search(right, line)


# Each breaks the compiler of regular expressions in a way of its own.
MONSTERS = {"unclosed": "(", "huge": "a{4294967295}", "nested": "(" * 3000, "doubtful": "[[a]"}
BAD = [
    ("issue", 0, "issue", "such as 483"),
    ("title", " ", "title", "in a reader's words"),
    ("links.issue", "483", "links.issue", "https://"),
    ("links.fix", "http://index.example/pull/597", "links.fix", "https://"),
    *(("links.fix", f"https:{rest}", "links.fix", "and a host") for rest in ("", "//", "///issues/483", "//  ", "//[")),
    ("claims[0].fixed", "soon", "claims[0].fixed", "'soon' is not a version; write a release"),
    ("boundaries", [], "boundaries", "at least one [[boundaries]]"),
    ("boundaries[0].broken", "0.12.x", "boundaries[0].broken", "'0.12.x' is not a version; write a release"),
    ("boundaries[0]", BOUNDARY | {"broken": "0.12.8", "fixed": "0.12.7"}, "boundaries[0]", "swap them"),
    ("boundaries[0].fixed", "0.12.7", "boundaries[0].fixed", "0.12.7 is the broken release itself; write the release"),
    ("boundaries[0].broken", "0.12.6", "boundaries[0].fixed", "0.12.7 follows 0.12.6"),
    ("boundaries[0].fixed", "0.13.0", "boundaries[0].fixed", "0.12.8 follows 0.12.7"),
    ("boundaries[0].broken", "0.12.7.1", "boundaries[0].broken", "0.12.7.1 is no final release on the index"),
    ("boundaries[0].fixed", "0.12.08", "boundaries[0].fixed", "0.12.08 is no final release on the index"),
    (
        "boundaries[0]",
        BOUNDARY | {"broken": "0.12.0b3", "fixed": "0.12.0"},
        "boundaries[0].broken",
        "0.12.0b3 is no final",
    ),
    (
        "boundaries[0]",
        BOUNDARY | {"broken": "0.11.4", "fixed": "0.12.0b1"},
        "boundaries[0].fixed",
        "0.12.0b1 is no final",
    ),
    ("boundaries[0].profile", "yesterday", "boundaries[0].profile", "none of period, today"),
    ("boundaries[0].untyped", ["newest"], "boundaries[0].untyped[0]", '"broken" or "fixed"'),
    ("environment.requires", ["its dangerous"], "environment.requires[0]", 'such as "itsdangerous"'),
    ("environment.drivers", ["asgiref =="], "environment.drivers[0]", "'asgiref ==' is no requirement"),
    ("environment.python", "3.13", "environment.python", 'such as "<3.13"'),
    ("symptom[0].raises", "Assertion Error", "symptom[0].raises", 'such as "AssertionError"'),
    ("symptom[0].raises", "", "symptom[0].raises", 'such as "AssertionError"'),
    ("symptom[0].raised_in", "/starlette/requests.py", "symptom[0].raised_in", 'such as "starlette/requests.py"'),
    ("symptom[0].raised_in", "starlette.requests", "symptom[0].raised_in", 'such as "starlette/requests.py"'),
    ("absent[0].raised_in", "starlette\\requests.py", "absent[0].raised_in", 'such as "starlette/requests.py"'),
    *(("symptom[0].matches", text, "symptom[0].matches", "is no regular expression: ") for text in MONSTERS.values()),
    *(
        ("mutant[0].file", text, "mutant[0].file", 'is no path below site-packages; write one such as "starlette/')
        for text in ("", ".", "../pyvenv.cfg", "starlette/../../x.py", "/etc/hosts", "starlette/**", "**.py", "a//b")
    ),
    ("mutant[0].find", "", "mutant[0].find", "it is empty; write text"),
    ("mutant[0].find", "http", "mutant[0].find", "must change something"),
    ("environment.requires", ["x; " + "(" * 3000], "environment.requires[0]", 'such as "itsdangerous"'),
    ("claims[0].fixed", "1" * 5000, "claims[0].fixed", "digits"),
    ("issue", 2**40, "issue", "such as 483"),
]


@pytest.mark.parametrize(("key", "value", "at", "right"), BAD, ids=[f"{key}={value}"[:60] for key, value, *_ in BAD])
def test_a_bad_value_is_refused(key: str, value: object, at: str, right: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, value))
    assert line.startswith(f"{FILE}: {at}: ")
    assert right in line


def test_a_wrong_value_cannot_be_constructed() -> None:
    with pytest.raises(ValueError, match=r"^raises: .*; raised_in: .*; matches: "):
        Signature("a b", "x", "(")
    with pytest.raises(ValueError, match="swap them"):
        boundary(broken="0.4.0")
    with pytest.raises(ValueError, match="<topic>_7"):
        case("session_lost_8")
