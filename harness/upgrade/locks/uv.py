"""Reads uv.lock: what is reached from the project, over the dependencies whose markers hold.

The lock says of each dependency, not of each package, when it applies. Every extra and every group of
the project counts, as it may be installed with any of them; of those that conflict one after the other.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from harness.upgrade.locks.document import Entry, Text, shown
from harness.upgrade.locks.extras import Choice, choices
from harness.upgrade.locks.selection import Interpreter, address, git_origin, pin_of, settle, specifier
from harness.upgrade.pins import Pins

# Where an extra of a package is reached, or the package itself by None.
_Node = tuple[int, str | None]


def read(file: Text, document: dict[str, Any], interpreter: Interpreter) -> Pins:
    """Read the parsed file.

    Raises:
        UserError: it is of another version, or an entry is not what uv writes.
    """
    if document.get("version") != 1:
        raise file.refusal(None, f"version = {shown(document.get('version'))}; version 1 of uv.lock can be read")
    packages = file.entries(document, "package")
    for package in packages:
        package.required("name")
    lock = Entry(file, document)
    graphs = [_Graph(lock, packages, interpreter, choice) for choice in choices(lock)]
    reached = [packages[each] for each in sorted(set().union(*(graph.reached() for graph in graphs)))]
    versioned = [package for package in reached if package.text("version")]
    pins = [pin_of(package, _hashes(package), _origin(package), _index(package)) for package in versioned]
    settled, unsettled = settle(file, pins, interpreter)
    return Pins(
        source=str(file.path),
        pins=settled,
        file=file.path,
        python=lock.checked(specifier, lock.text("requires-python")),
        indexes=tuple(sorted({index for package in reached if "://" in (index := _index(package))})),
        unversioned=tuple(package.text("name") for package in reached if not package.text("version")),
        unsettled=unsettled,
    )


class _Graph:
    """The packages of a lock, by what depends on them, for one choice of what conflicts."""

    def __init__(self, document: Entry, packages: tuple[Entry, ...], interpreter: Interpreter, choice: Choice) -> None:
        self.document = document
        self.packages = packages
        self.interpreter = interpreter
        self.choice = choice
        self.manifest = document.sub("manifest")
        self.members = self.manifest.texts("members")
        self.by_name: dict[str, list[int]] = {}
        for number, package in enumerate(packages):
            self.by_name.setdefault(package.text("name"), []).append(number)

    def reached(self) -> set[int]:
        """The packages to install, without the project itself."""
        projects = {number for number, package in enumerate(self.packages) if self._is_project(package)}
        asked = [*self.manifest.subs("requirements"), *_listed(self.manifest.sub("dependency-groups"))]
        if not projects and not asked:
            raise self.document.refusal("no package in it is the project itself; write the lock again with: uv lock")
        edges = [*asked, *(edge for number in projects for edge in self._every_edge(self.packages[number]))]
        seen: set[_Node] = set()
        waiting = list(self._targets(edges))
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen.add(node)
                waiting += self._targets(_edges(self.packages[node[0]], node[1]))
        return {number for number, _ in seen} - projects

    def _is_project(self, package: Entry) -> bool:
        source = package.sub("source")
        at = source.text("virtual") or source.text("editable") or source.text("directory")
        return "virtual" in source.table or at == "." or package.text("name") in self.members

    def _targets(self, edges: Iterable[Entry]) -> Iterator[_Node]:
        """Where the edges lead whose markers hold."""
        for edge in edges:
            if self._holds(edge, edge.text("marker")):
                name, extras = edge.required("name"), edge.texts("extra") or edge.texts("extras")
                for number in self._meant(edge):
                    yield number, None
                    yield from ((number, extra) for extra in extras if self.choice.takes(name, "extra", extra))

    def _meant(self, edge: Entry) -> list[int]:
        """The packages that an edge names. It says the version and the source only where the name is not enough."""
        keys = [key for key in ("version", "source") if key in edge.table]
        named = self.by_name.get(edge.required("name"), [])
        same = [each for each in named if all(edge.table[key] == self.packages[each].table.get(key) for key in keys)]
        if not same:
            raise edge.refusal(
                f"needs {shown(edge.text('name'))}, which is not in the lock; write it again with: uv lock"
            )
        return [number for number in same if self._admits(self.packages[number])]

    def _admits(self, package: Entry) -> bool:
        markers = package.texts("resolution-markers")
        return not markers or any(self._holds(package, marker) for marker in markers)

    def _holds(self, entry: Entry, marker: str) -> bool:
        return entry.checked(self.interpreter.admits, self.choice.resolved(marker))

    def _every_edge(self, project: Entry) -> Iterator[Entry]:
        """What a project needs, and what each of its extras and groups does that is taken."""
        name = project.text("name")
        if self.choice.takes(name):
            yield from project.subs("dependencies")
            for kind, key in (("extra", "optional-dependencies"), ("group", "dev-dependencies")):
                tables = project.sub(key)
                yield from (
                    edge for each in tables.table if self.choice.takes(name, kind, each) for edge in tables.subs(each)
                )


def _edges(package: Entry, extra: str | None) -> tuple[Entry, ...]:
    return package.subs("dependencies") if extra is None else package.sub("optional-dependencies").subs(extra)


def _listed(groups: Entry) -> Iterator[Entry]:
    for name in groups.table:
        yield from groups.subs(name)


def _hashes(package: Entry) -> Iterator[str]:
    for distribution in (package.sub("sdist"), *package.subs("wheels")):
        if found := distribution.text("hash"):
            yield found


def _origin(package: Entry) -> str | None:
    source = package.sub("source")
    if git := source.text("git"):
        return source.checked(_git, git)
    if url := source.text("url"):
        return source.checked(address, url)
    return source.text("path") or source.text("directory") or source.text("editable") or None


def _git(text: str) -> str:
    parts = urlsplit(text)
    subdirectory = parse_qs(parts.query).get("subdirectory", [""])[0]
    return git_origin(urlunsplit(parts._replace(query="", fragment="")), parts.fragment, subdirectory)


def _index(package: Entry) -> str:
    """The address of the index, or the path where it is a folder of distributions."""
    return package.checked(address, package.sub("source").text("registry"))
