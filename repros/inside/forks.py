"""Runs programs one after the other, each in a fork of its own, and has each fork tell how its program ended.

What a fork tells it tells over a pipe: that its program has ended, then the facts, with a key given in between.
No key exists before, so that a program that leaves early has none to find.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import sys
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from repros.inside.exceptions import Sources
    from repros.inside.watch import Bytecode, Watch

AUDITED = ("os.fork", "os.forkpty")
# Of the standard library, what nearly every program imports: imported once, before the first fork.
COMMON = ("asyncio", "email.parser", "http.cookies", "secrets", "tempfile")
ENDED = b"ended\n"
# How often a program's time is looked at, in seconds.
EVERY = 0.5
# Of all that a fork tells, in bytes.
MOST = 8000000


def run(program: str, through: "list[str]", describe: "Callable[[BaseException], object]") -> "dict[str, object]":
    """Run *program* as a script, or *through* another one, and say how it ended."""
    forks: "list[str]" = []
    sys.addaudithook(lambda event, _arguments: forks.append(event) if event in AUDITED else None)
    sys.argv = [*through, program]
    facts: "dict[str, object]" = {"outcome": "completed", "raised": None, "exit_code": None}
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as error:
        facts["outcome"] = "exited"
        facts["exit_code"] = int(error.code) if isinstance(error.code, int) else int(error.code is not None)
    except BaseException as error:
        facts["outcome"] = "raised"
        facts["raised"] = describe(error)
    starlette = sys.modules.get("starlette")
    for fact in ("file", "version"):
        value = getattr(starlette, "__{}__".format(fact), None)
        facts["imported_" + fact] = value if value is None else str(value)
    facts["forks"] = len(forks)
    # A package that failed to import is gone from here; its modules that did not fail are not.
    names = [str(name) for name in sys.modules]
    facts["imported"] = sorted(name for name in names if (name + ".").startswith("starlette."))
    facts["modules"] = sorted(name for name in names if "." not in name)
    return facts


def send(descriptor: int, text: str) -> None:
    """Write all of *text* as a line."""
    left = text.encode() + b"\n"
    while left:
        left = left[os.write(descriptor, left) :]


def redirect(descriptor: int, path: str, flags: int = os.O_WRONLY | os.O_CREAT | os.O_TRUNC) -> None:
    """Let *descriptor* be the file at *path*."""
    file = os.open(path, flags, 0o600)
    os.dup2(file, descriptor)
    os.close(file)


class Fork:
    """A process that runs one program, as this one sees it: what it says, and how it ends."""

    def __init__(self, process: int, said: int, grant: int) -> None:
        self.process, self.said, self.grant = process, said, grant
        self.status: "int | None" = None

    def listen(self) -> "tuple[bool, object]":
        """The facts that it tells, None where it told none, and whether it told nothing else."""
        first = self.line()
        if first != ENDED:
            return first == b"", None
        key = os.urandom(16).hex()
        with contextlib.suppress(BrokenPipeError):
            send(self.grant, key)
        try:
            told, facts = json.loads(self.line().decode())
            return True, facts if told == key else None
        except (ValueError, TypeError):
            return True, None

    def line(self) -> bytes:
        """The next line, or what there is of it: something that it left behind may keep the pipe open."""
        text = b""
        while not text.endswith(b"\n") and len(text) < MOST and self.status is None:
            if select.select([self.said], [], [], 0.05)[0]:
                some = os.read(self.said, 65536)
                if not some:
                    break
                text += some
            else:
                ended, status = os.waitpid(self.process, os.WNOHANG)
                self.status = status if ended else None
        return text

    def wait(self) -> int:
        """Its exit code, negative where a signal ended it."""
        status = os.waitpid(self.process, 0)[1] if self.status is None else self.status
        return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def attend(fork: Fork, seconds: float) -> "dict[str, Any]":
    """All that is to be known of a fork that may run for so many *seconds*, then it is killed."""
    started = time.monotonic()
    expired: "list[int]" = []

    def look(_number: int, _frame: object) -> None:
        if is_deserted():
            # Whoever asked was killed, and could end nobody.
            os.killpg(0, signal.SIGKILL)
        if time.monotonic() >= started + seconds:
            expired.append(fork.process)
            os.kill(fork.process, signal.SIGKILL)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, EVERY), EVERY)
    clean, facts = fork.listen()
    code = fork.wait()
    signal.setitimer(signal.ITIMER_REAL, 0)
    os.close(fork.said)
    os.close(fork.grant)
    took = time.monotonic() - started
    return {"code": None if expired else code, "seconds": took, "facts": facts, "clean": clean}


def is_deserted() -> bool:
    """Whether nobody is left at the other end of standard input."""
    poll = select.poll()
    poll.register(0, 0)
    return bool(poll.poll(0))


def each_end(
    request: "dict[str, Any]",
    sources: "Sources",
    watch: "Watch",
    keep: "Callable[[], Bytecode]",
    describe: "Callable[[BaseException], object]",
) -> "Iterator[dict[str, Any]]":
    """Fork for each program, and tell how each fork ended; the forks themselves never return."""
    for name in COMMON:
        importlib.import_module(name)
    # What the environment's own start wrote must not come out of each fork, as if its program had written it.
    flush()
    bytecode = keep()
    # What is here already is not looked at in each fork again, which would copy it.
    gc.freeze()
    for number, wanted in enumerate(request["programs"], 1):
        (said, saying), (granted, grant) = os.pipe(), os.pipe()
        process = os.fork()
        if process == 0:
            os.close(said)
            os.close(grant)
            live(wanted, saying, granted, describe)
        os.close(saying)
        os.close(granted)
        end = attend(Fork(process, said, grant), request["seconds"])
        with contextlib.suppress(AttributeError, KeyError, TypeError):
            if end["facts"]["raised"]:
                end["facts"]["raised"] = sources.check(end["facts"]["raised"], wanted)
        last = number == len(request["programs"])
        end["changed"] = watch.look() if watch.is_quick or last else None
        end["forged"] = last and bytecode.remove_forged()
        yield end


def live(wanted: "dict[str, Any]", saying: int, granted: int, describe: "Callable[[BaseException], object]") -> None:
    """Be the fork for one program: run it, tell the facts and end."""
    redirect(0, os.devnull, os.O_RDONLY)
    redirect(1, wanted["stdout"])
    redirect(2, wanted["stderr"])
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.chdir(wanted["folder"])
    sys.path.extend(folder for folder in (wanted["packages"], wanted["drivers"]) if folder)
    home, dumps = os.getpid(), json.dumps
    try:
        facts = run(wanted["program"], wanted["through"], describe)
        # A fork of this one, that the program made.
        if os.getpid() != home:
            os._exit(0)
        os.write(saying, ENDED)
        key = os.read(granted, 64).decode().strip()
        send(saying, dumps([key, facts]))
        leave()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def leave() -> None:
    """End as a program does, but leave its memory as it is: to take it apart would copy what the forks share."""
    threading._shutdown()  # type: ignore[attr-defined]  # what waits for threads has no public name
    atexit._run_exitfuncs()
    flush()
    os._exit(0)


def flush() -> None:
    """Write what the standard streams hold; whoever ran may have closed or replaced them."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
