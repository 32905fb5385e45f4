"""The published schemas of the formats that the project writes, where they lie beside the checkout."""

import json
from typing import Any

import jsonschema_rs
import pytest

from harness.support.paths import ROOT

FOLDER = ROOT.parent / "shared" / "schemas"


def validate(document: Any, schema: str) -> None:
    """Refuse *document* with a ValueError where it does not fit *schema*, or skip the test without that file."""
    file = FOLDER / schema
    if not file.is_file():
        pytest.skip(f"the schema is no part of the checkout: there is no ../shared/schemas/{schema}")
    validator = jsonschema_rs.validator_for(json.loads(file.read_text(encoding="utf-8")), validate_formats=True)
    validator.validate(document)
