"""What a key of `case.toml` may hold: types that pydantic checks, each of whose errors says what would be right."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, StrictStr, ValidationInfo

from harness.releases.index import parse_version
from harness.support.toml import day, matching, shown


def _release(text: str) -> str:
    if str(parse_version(text)) != text:
        raise ValueError(f"{shown(text)} is not spelled as the index spells it; write {parse_version(text)}")
    return text


def _fix(value: object) -> object:
    if type(value) is int and 0 < value < 10**9:
        return value
    if isinstance(value, str) and len(value) in range(7, 41) and not value.strip("0123456789abcdef"):
        return value
    raise ValueError(
        f"{shown(value)} is not a fix; write a pull request's number, or a commit's hash such as \"4ea6e22\""
    )


Version = Annotated[StrictStr, AfterValidator(_release)]
ClaimedVersion = Annotated[StrictStr, AfterValidator(lambda text: (parse_version(text), text)[1])]
Number = Annotated[StrictInt, Field(gt=0, lt=10**9)]
Fix = Annotated[int | str, BeforeValidator(_fix)]
Day = Annotated[date, BeforeValidator(day)]
Alias = Annotated[
    StrictStr,
    matching(
        "an advisory's identifier",
        "write one such as CVE-2025-62727, GHSA-7f5h-v6xp-fcq8 or PYSEC-2026-1942",
        r"CVE-\d{4}-\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3}|PYSEC-\d{4}-\d+",
    ),
]
SideName = Annotated[StrictStr, matching("a side of a boundary", 'write "broken" or "fixed"', "broken|fixed")]
ExceptionName = Annotated[StrictStr, matching("an exception", 'write one such as "AssertionError"', r"\w+(\.\w+)*")]
ArgumentName = Annotated[StrictStr, matching("an argument", 'write one such as "https_only"', r"[^\W\d]\w*")]
StarlettesName = Annotated[
    StrictStr,
    matching(
        "a name of Starlette's",
        'write it whole, such as "starlette.requests.Request.form"',
        r"starlette(\.[^\W\d]\w*)*",
    ),
]
PythonFile = Annotated[
    StrictStr,
    matching(
        "a relative path of a Python file", 'write one such as "starlette/requests.py"', r"[\w.-]+(/[\w.-]+)*\.py"
    ),
]
_STEP = r"(?!\.\.?(?:/|$)|[^/]*\*\*)[\w.*?+-]+"
InstalledFile = Annotated[
    StrictStr,
    matching(
        "a path below site-packages",
        'write one such as "starlette/requests.py" or "starlette-*.dist-info/METADATA"',
        rf"{_STEP}(/{_STEP})*",
    ),
]


def _passage(text: str) -> str:
    if not text:
        raise ValueError("it is empty; write text that the file has exactly once")
    return text


def _profile(text: str, info: ValidationInfo) -> str:
    """Refuse a profile that is none of those that the reader knows; where nobody read a file, any will do."""
    known = (info.context or {}).get("profiles", (text, ""))
    if text and text not in known:
        raise ValueError(
            f"{shown(text)} is not a profile; write one of {', '.join(known)}, or add it to cases/profiles.toml"
        )
    return text


Passage = Annotated[StrictStr, AfterValidator(_passage)]
Place = Annotated[StrictInt, Field(gt=-1, lt=20)]
ProfileName = Annotated[StrictStr, AfterValidator(_profile)]
