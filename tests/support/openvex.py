"""The rules of OpenVEX 0.2.0 as its specification states them: https://github.com/openvex/spec"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from annotated_types import MinLen
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_snake

_Iri = Annotated[str, Field(pattern=r"^[a-z][a-z0-9+.-]*:\S+$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_snake)


class _Vulnerability(_Model):
    id: _Iri = Field(alias="@id")
    name: str
    description: str
    aliases: Annotated[list[str], MinLen(1)] | None = None


class _Product(_Model):
    id: Annotated[str, Field(alias="@id", pattern=r"^pkg:pypi/starlette@[\w.%-]+$")]
    identifiers: Mapping[Literal["purl"], str]
    hashes: Mapping[Literal["sha-256"], Annotated[str, Field(pattern="^[0-9a-f]{64}$")]]


class _Statement(_Model):
    vulnerability: _Vulnerability
    products: Annotated[Sequence[_Product], MinLen(1)]
    status: Literal["not_affected", "affected", "fixed", "under_investigation"]
    status_notes: str
    justification: (
        Literal[
            "component_not_present",
            "vulnerable_code_not_present",
            "vulnerable_code_not_in_execute_path",
            "vulnerable_code_cannot_be_controlled_by_adversary",
            "inline_mitigations_already_exist",
        ]
        | None
    ) = None
    action_statement: str | None = None

    @model_validator(mode="after")
    def _check_what_a_status_takes(self) -> Self:
        if (self.status == "not_affected") != (self.justification is not None):
            raise ValueError("not_affected takes a justification, and nothing else does")
        if (self.status == "affected") != (self.action_statement is not None):
            raise ValueError("affected takes an action_statement, and nothing else does")
        return self


class _Document(_Model):
    context: Literal["https://openvex.dev/ns/v0.2.0"] = Field(alias="@context")
    id: _Iri = Field(alias="@id")
    author: Annotated[str, MinLen(1)]
    timestamp: AwareDatetime
    version: Annotated[int, Field(ge=1)]
    tooling: str
    statements: Annotated[Sequence[_Statement], MinLen(1)]


def refuse_invalid(document: Any) -> None:
    """Refuse *document* with a ValueError that names what is wrong."""
    try:
        _Document.model_validate(document)
    except ValidationError as error:
        raise ValueError(str(error)) from None
