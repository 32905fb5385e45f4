"""How a user calls a command: as a session of nox in a checkout, by the console script of an installed package."""

from harness.support.paths import INSTALLED

CONSOLE = "starlette-cases"


def prog(command: str, *, elsewhere: bool = False) -> str:
    """What stands before the arguments of *command*; *elsewhere*, where it is called in another folder."""
    if INSTALLED:
        return f"{CONSOLE} {command}"
    return f"nox -f PATH/noxfile.py -s {command} --" if elsewhere else f"nox -s {command} --"
