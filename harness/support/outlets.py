"""Standard output and standard error may be full, closed or read by nobody: a run goes on, and says so at its end."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EPIPE
from typing import Any, TextIO

from typing_extensions import Buffer

from harness.support.errors import UserError


class _Outlet(io.RawIOBase):
    """Writes to *sink* until that fails; from then on what is written goes nowhere."""

    def __init__(self, sink: Any) -> None:
        self.sink = sink
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int | None:
        if self.failure is None:
            try:
                count: int | None = self.sink.write(data)
                return count
            except OSError as error:
                self.failure = error
        return memoryview(data).nbytes

    def isatty(self) -> bool:
        return bool(self.sink.isatty())

    def fileno(self) -> int:
        return int(self.sink.fileno())


@contextmanager
def outlets() -> Iterator[None]:
    """Let nothing that happens to standard output or standard error end what is run meanwhile."""
    _occupy()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _over(sys.stdout), _over(sys.stderr)
    try:
        yield
    finally:
        for each in (sys.stdout, sys.stderr):
            if each:
                each.flush()
        sys.stdout, sys.stderr = before


def refuse_lost_output() -> None:
    """Say of what was printed that it is lost, if it is.

    Raises:
        UserError: standard output could not be written. That its reader stopped reading is no failure.
    """
    if sys.stdout:
        sys.stdout.flush()
    failure: OSError | None = getattr(_below(sys.stdout), "failure", None)
    if failure and failure.errno != EPIPE:
        raise UserError(f"standard output cannot be written: {failure.strerror}; what was printed is lost")


def _occupy() -> None:
    """Let no file that is opened later take the number of a standard stream that the caller closed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _over(stream: TextIO) -> TextIO:
    """*stream* with an outlet below it; itself where it has one, or is none."""
    sink = _below(stream)
    if sink is None or isinstance(sink, _Outlet):
        return stream
    stream.flush()
    buffered = io.BufferedWriter(_Outlet(sink))
    return io.TextIOWrapper(buffered, stream.encoding, "backslashreplace", line_buffering=bool(stream.line_buffering))


def _below(stream: TextIO | None) -> Any:
    """What takes the bytes of *stream*; None where it is closed, or takes text alone."""
    buffer = getattr(stream, "buffer", None)
    return getattr(buffer, "raw", buffer)
