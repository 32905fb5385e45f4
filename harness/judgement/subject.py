"""What the judge has to know of a case."""

from pathlib import Path
from typing import Protocol

from harness.catalogue.case import Check, Needs, Signature
from harness.catalogue.marks import Mark


class Subject(Protocol):
    """A case, or whatever else has signatures, marks and programs: see `harness.catalogue.case` for what they mean."""

    @property
    def symptom(self) -> tuple[Signature, ...]:
        """What the broken side of its repro shows, any of them."""
        ...

    @property
    def absent(self) -> tuple[Signature, ...]:
        """What its repro shows where there is no such feature, any of them."""
        ...

    @property
    def marks(self) -> frozenset[Mark]:
        """What mypy says of its typing check on the broken side, all of them."""
        ...

    @property
    def environment(self) -> Needs:
        """What its programs need besides Starlette."""
        ...

    @property
    def directory(self) -> Path:
        """Where its programs lie."""
        ...

    def program(self, check: Check) -> Path:
        """The file of a program."""
        ...
