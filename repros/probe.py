"""Runs inside the target's interpreter: one program, then facts as JSON. Decides nothing.

    python -I -B probe.py FACTS                      what the environment holds
    python -I -B probe.py FACTS PROGRAM [DRIVERS]    and what the program did

Standard library only, for CPython 3.8 and newer, in syntax that an older one can read to say so.
DRIVERS is a directory of packages that is searched last, so that nothing which the environment
has is shadowed. What stands on standard input is written back with the facts, as a sign that they
are the probe's and not the program's.
"""

import json
import os
import runpy
import sys

FORKS = ("os.fork", "os.forkpty")


def distributions() -> "dict[str, str]":
    """Name and version of each installed distribution; where one hides another, the first counts.

    Read by hand: importing importlib.metadata takes longer than many a program.
    """
    found: "dict[str, str]" = {}
    for folder in sys.path:
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if entry.endswith((".dist-info", ".egg-info")):
                headers = read_headers(os.path.join(folder, entry))
                if "name" in headers and "version" in headers:
                    name = headers["name"].lower().replace("_", "-").replace(".", "-")
                    found.setdefault(name, headers["version"])
    return found


def read_headers(place: str) -> "dict[str, str]":
    """The headers of a distribution's metadata, by their names in lower case; none where it has no metadata."""
    headers: "dict[str, str]" = {}
    for path in (os.path.join(place, "METADATA"), os.path.join(place, "PKG-INFO"), place):
        if os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    if not line.strip():
                        break
                    key, _, value = line.partition(":")
                    headers.setdefault(key.lower(), value.strip())
            break
    return headers


def starlette_on_path() -> "str | None":
    """Where `import starlette` would find it, without importing it."""
    from importlib.util import find_spec

    spec = find_spec("starlette")
    if spec is None:
        return None
    return spec.origin or next(iter(spec.submodule_search_locations or ()), None)


def environment() -> "dict[str, object]":
    """What is installed, and where Starlette lies."""
    starlette = starlette_on_path()
    return {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "implementation": sys.implementation.name,
        "distributions": distributions(),
        "starlette_file": starlette,
        "typed": starlette is not None and os.path.exists(os.path.join(os.path.dirname(starlette), "py.typed")),
    }


def innermost(error: BaseException) -> "tuple[str, int]":
    """File and line of the frame that raised."""
    step = error.__traceback__
    if step is None:
        return "", 0
    while step.tb_next is not None:
        step = step.tb_next
    return step.tb_frame.f_code.co_filename, step.tb_lineno


def message(error: BaseException) -> str:
    """What the exception says; its own code may fail at that."""
    try:
        return str(error)
    except Exception as failure:
        return "its message cannot be printed ({})".format(type(failure).__name__)


def describe(error: BaseException) -> "dict[str, object]":
    """An exception as facts."""
    kind = type(error)
    file, line = innermost(error)
    return {
        "type": kind.__qualname__ if kind.__module__ == "builtins" else kind.__module__ + "." + kind.__qualname__,
        "message": message(error),
        "file": file,
        "line": line,
        "missing": error.name if isinstance(error, ImportError) else None,
    }


def run(program: str) -> "dict[str, object]":
    """Run *program* as a script and say how it ended."""
    forks: "list[str]" = []
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(lambda event, _arguments: forks.append(event) if event in FORKS else None)
    sys.argv = [program]
    facts: "dict[str, object]" = {"outcome": "completed", "raised": None, "exit_code": None}
    try:
        runpy.run_path(program, run_name="__main__")
    except SystemExit as error:
        facts["outcome"] = "exited"
        facts["exit_code"] = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException as error:
        facts["outcome"] = "raised"
        facts["raised"] = describe(error)
    starlette = sys.modules.get("starlette")
    facts["imported_file"] = getattr(starlette, "__file__", None)
    facts["imported_version"] = getattr(starlette, "__version__", None)
    facts["forks"] = len(forks)
    # A package that failed to import is gone from here; its modules that did not fail are not.
    facts["modules"] = sorted(name for name in sys.modules if "." not in name)
    return facts


def write(path: str, facts: "dict[str, object]") -> None:
    """Write in one step, so that half a file is never read."""
    with open(path + ".part", "w") as stream:
        json.dump(facts, stream)
    os.rename(path + ".part", path)


def main() -> None:
    """Write the facts, from the process that was started and from no copy of it."""
    if sys.version_info < (3, 8):
        sys.exit("CPython {}.{} is too old, 3.8 is needed".format(*sys.version_info))
    home = os.getpid()
    token = sys.stdin.read()
    path = sys.argv[1]
    program = sys.argv[2] if len(sys.argv) > 2 else None
    facts = environment()
    if program:
        sys.path.extend(sys.argv[3:])
        facts.update(run(program))
    if os.getpid() != home:
        os._exit(0)
    facts["token"] = token
    write(path, facts)


main()
