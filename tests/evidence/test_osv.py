"""The committed entries for OSV fit its published schema."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.support.paths import EVIDENCE
from tests.support.schemas import validate

SCHEMA = "osv-schema.json"
ENTRIES = sorted((EVIDENCE / "osv").glob("*.json"))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_is_something_to_validate() -> None:
    assert ENTRIES


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_a_committed_entry_is_valid(path: Path) -> None:
    validate(read(path), SCHEMA)


@pytest.mark.parametrize(
    "broken",
    [
        {"id": None},
        {"modified": "yesterday"},
        {"affected": [{"package": {"ecosystem": "PyPI"}}]},
        {"affected": [{"ranges": [{"type": "ECOSYSTEM", "events": []}]}]},
        {"references": [{"type": "RUMOUR", "url": "https://index.example/7"}]},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_a_broken_entry_is_noticed(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the validator's own.
        validate(read(ENTRIES[0]) | broken, SCHEMA)
