"""What GitHub Actions obeys: workflow commands, and lines between which it obeys none."""

from harness.reports.formats.wording import Place, plain
from harness.waivers.waiver import Waiver


def fence(token: str) -> tuple[str, str]:
    """The lines between which GitHub obeys nothing that is printed; *token* must not be known to what is printed."""
    return f"::stop-commands::{token}", f"::{token}::"


def annotation(command: str, title: str, message: str, at: Place | None, waiver: Waiver | None = None) -> str:
    """A line that shows *message* beside the place that it is about; what is waived is a notice at most."""
    properties = ({"file": plain(str(at.file)), "line": str(at.line)} if at else {}) | {"title": title}
    stated = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    waived = f"; waived until {waiver.expires}: {waiver.reason}" if waiver else ""
    return f"::{'notice' if waiver else command} {stated}::{_data(plain(message + waived))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
