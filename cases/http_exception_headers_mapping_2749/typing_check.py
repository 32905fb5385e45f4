"""Headers of an HTTPException that are a mapping, and no dict."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.exceptions import HTTPException

CHALLENGE: Mapping[str, str] = MappingProxyType({"WWW-Authenticate": "Basic"})


def refuse() -> None:
    raise HTTPException(401, headers=CHALLENGE)  # E: arg-type
