"""How a user calls a command: as a session of nox in a checkout, by the console script of an installed package."""

from pathlib import Path

from harness.support.paths import INSTALLED, LISTING

CONSOLE = "starlette-cases"


def listing() -> str:
    """Where the cases are listed, as somebody opens it from the folder that they are in."""
    here = Path.cwd().resolve()
    return str(LISTING.relative_to(here) if LISTING.is_relative_to(here) else LISTING)


def prog(command: str, *, elsewhere: bool = False) -> str:
    """What stands before the arguments of *command*; *elsewhere*, where it is called in another folder."""
    if INSTALLED:
        return f"{CONSOLE} {command}"
    return f"nox -f PATH/noxfile.py -s {command} --" if elsewhere else f"nox -s {command} --"
