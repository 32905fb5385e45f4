"""Tells whether the files of an environment still hold what they held."""

import contextlib
import hashlib
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# So many files are looked at again after each program; where there are more, after the last one only.
MANY = 3000
# Larger files are told by size and time stamp, in bytes.
LARGE = 4000000


class Watch:
    """Folders that no program is to change, but for compiled bytecode."""

    def __init__(self, folders: "Iterable[str]") -> None:
        self.folders = sorted({folder for folder in folders if os.path.isdir(folder)})
        self.changed = False
        self.content, self.state = self.read_content()
        self.is_quick = len(self.state) <= MANY

    def look(self) -> bool:
        """Whether anything has changed since the start; files are read only where a look at them says that they may."""
        if not self.changed and any(status(path) != known for path, known in self.state.items()):
            content, self.state = self.read_content()
            self.changed = content != self.content
        return self.changed

    def read_content(self) -> "tuple[str, dict[str, tuple[int, ...]]]":
        """A digest of what all files hold, and the state of each file and folder as it was before that.

        One that was edited may have the size and the time stamp that it had.
        """
        digest, state = hashlib.blake2b(digest_size=16), {}
        for top in self.folders:
            for folder, inner, files in os.walk(top):
                inner[:] = sorted(set(inner) - {"__pycache__"})
                state[folder] = status(folder)
                for name in sorted(files):
                    file = os.path.join(folder, name)
                    state[file] = status(file)
                    digest.update("{}\0{}\0".format(file, state[file][0]).encode(errors="surrogateescape"))
                    digest.update(read(file, state[file]))
        return digest.hexdigest(), state


def status(path: str) -> "tuple[int, ...]":
    """A size and time stamps, the second of which no program can set back; zeros where there is nothing."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0, 0, 0
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def read(file: str, state: "tuple[int, ...]") -> bytes:
    """What tells the content of *file*."""
    if state[0] <= LARGE:
        with contextlib.suppress(OSError), open(file, "rb") as stream:
            return stream.read()
    return str(state[1]).encode()
