"""Runs inside the target's interpreter: says what is there, runs programs, writes facts as JSON. Decides nothing.

Standard library only, for CPython 3.8 and newer, in syntax that an older one can read to say so.

Standard input is one JSON object: `token`, which is written back with all facts, as a sign that they
are the probe's and not a program's; `seconds`, how long a program may run; `programs`, each with the
`program`, the `folder` it runs in, the files that take its `facts`, `stdout` and `stderr`, a
`path` that is searched last, so that nothing which the environment has is shadowed, and the folder of
`packages` in it whose distributions count as installed.

Standard output gets a line with the facts about the environment, then one for each program that
ended, with its exit code, null where its time ran out, and the seconds that it took. The programs
run one after the other, each in a fork of its own.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import sys
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORKS = ("os.fork", "os.forkpty")
# Of the standard library, what nearly every program imports: imported once, before the first fork.
COMMON = ("asyncio", "email.parser", "http.cookies", "secrets", "tempfile")


def distributions(folders: "list[str]") -> "dict[str, str]":
    """Name and version of each distribution below *folders*; where one hides another, the first counts.

    Read by hand: importing importlib.metadata takes longer than many a program.
    """
    found: "dict[str, str]" = {}
    for folder in folders:
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


def environment(layers: "set[str]") -> "dict[str, object]":
    """What is installed, in each of the *layers* besides, and where Starlette lies."""
    starlette = starlette_on_path()
    return {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "implementation": sys.implementation.name,
        "distributions": distributions(sys.path),
        "layers": {folder: distributions([folder]) for folder in layers},
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
    facts["imported"] = sorted(name for name in sys.modules if (name + ".").startswith("starlette."))
    facts["modules"] = sorted(name for name in sys.modules if "." not in name)
    return facts


def write(path: str, facts: "dict[str, object]") -> None:
    """Write in one step, so that half a file is never read."""
    with open(path + ".part", "w") as stream:
        json.dump(facts, stream)
    os.rename(path + ".part", path)


def say(request: "dict[str, Any]", facts: "dict[str, object]") -> None:
    """Write a line for whoever asked."""
    facts["token"] = request["token"]
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def redirect(descriptor: int, path: str) -> None:
    """Let *descriptor* write to *path*."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(file, descriptor)
    os.close(file)


def wait(child: int, seconds: float) -> "int | None":
    """The exit code of *child*, negative when a signal ended it; None when its time ran out and it was killed."""
    expired: "list[int]" = []

    def expire(_number: int, _frame: object) -> None:
        expired.append(child)
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    if expired:
        return None
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def next_program(request: "dict[str, Any]") -> "dict[str, Any] | None":
    """Fork for each program and return it in the fork only; None when all have ended."""
    for name in COMMON if request["programs"] else ():
        importlib.import_module(name)
    # What is here already is not looked at in each fork again, which would copy it.
    gc.freeze()
    for wanted in request["programs"]:
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            return dict(wanted)
        code = wait(child, request["seconds"])
        say(request, {"code": code, "seconds": time.monotonic() - started})
    return None


def leave() -> None:
    """End as a program does, but leave its memory as it is: to take it apart would copy what the forks share."""
    threading._shutdown()  # type: ignore[attr-defined]  # what waits for threads has no public name
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        # The program may have closed or replaced it.
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(0)


def main() -> None:
    """Write the facts, from the process that was forked for a program and from no copy of it."""
    if sys.version_info < (3, 8):
        sys.exit("CPython {}.{} is too old, 3.8 is needed".format(*sys.version_info))
    request = json.load(sys.stdin)
    say(request, environment({each["packages"] for each in request["programs"]} - {""}))
    wanted = next_program(request)
    if wanted is None:
        return
    home = os.getpid()
    redirect(1, wanted["stdout"])
    redirect(2, wanted["stderr"])
    os.chdir(wanted["folder"])
    sys.path.extend(wanted["path"])
    facts = run(wanted["program"])
    if os.getpid() != home:
        os._exit(0)
    facts["token"] = request["token"]
    write(wanted["facts"], facts)
    leave()


main()
