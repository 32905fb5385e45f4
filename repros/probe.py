"""Runs inside the target's interpreter: says what is there, runs programs, tells facts as JSON. Decides nothing.

Standard library only, for CPython 3.8 and newer, in syntax that an older one can read to say so.

Standard input is a socket, which no program has. The request is one JSON object: `seconds`, how long a program may run;
`watched`, folders that no program is to change, besides the environment's own; `programs`, each with the `program`, the
`folder` it runs in, the files that take its `stdout` and `stderr`, the folder of `packages` that are its layer and the
folder of its `drivers`, both of which may be empty and are searched after all that the environment has, and what it is
run `through`: another program and its arguments, none where it runs itself.

The answer is a line with the facts about the environment, then one for each program: its `code`, null where its time
ran out, the `seconds` that it took, the `facts` that it left, whether it was `clean` and left nothing else there, and
whether what is watched has `changed`, null where that was not looked at, and, with the last one, whether there was
`forged` bytecode, which was removed.
"""

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType
    from typing import Any


def distributions(folders: "Iterable[str]") -> "list[tuple[str, str, str]]":
    """Name, version and metadata of each distribution; what a folder before it has hides one.

    Within one folder nothing hides another: two versions' metadata side by side are both told. Read by hand:
    importing importlib.metadata takes longer than many a program.
    """
    found: "list[tuple[str, str, str]]" = []
    for folder in folders:
        hidden = {name for name, _, _ in found}
        here: "set[tuple[str, str]]" = set()
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            # What an installer moved away and did not remove starts with a tilde.
            if entry.endswith((".dist-info", ".egg-info")) and not entry.startswith("~"):
                place = os.path.join(folder, entry)
                headers = read_headers(place)
                name = headers.get("name", "").lower().replace("_", "-").replace(".", "-")
                version = headers.get("version")
                if name and version is not None and name not in hidden and (name, version) not in here:
                    here.add((name, version))
                    found.append((name, version, place))
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


def environment(layers: "Iterable[str]") -> "dict[str, Any]":
    """What is installed, and in each of the *layers* besides, and where Starlette lies."""
    starlette = starlette_on_path()
    found = distributions(sys.path)
    return {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "implementation": sys.implementation.name,
        "distributions": [(name, version) for name, version, _ in found],
        "metadata": next((place for name, _, place in found if name == "starlette"), None),
        "layers": {folder: [(name, version) for name, version, _ in distributions([folder])] for folder in layers},
        "starlette_file": starlette,
        "typed": starlette is not None and os.path.exists(os.path.join(os.path.dirname(starlette), "py.typed")),
    }


def installed(starlette: str) -> "Iterator[str]":
    """The folders that hold what is installed. A path file may name one with much else in it: not that one."""
    for folder in sys.path:
        if os.path.basename(folder) in ("site-packages", "dist-packages"):
            yield folder
    yield starlette


def load(name: str) -> "ModuleType":
    """What lies in `inside`; it is none of the target's modules, and has no name among them."""
    from importlib.util import module_from_spec, spec_from_file_location

    place = os.path.join(os.path.dirname(os.path.abspath(__file__)), "inside", name + ".py")
    spec = spec_from_file_location("probe_" + name, place)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def send(facts: "dict[str, Any]") -> None:
    """Answer a line."""
    left = json.dumps(facts).encode() + b"\n"
    while left:
        left = left[os.write(0, left) :]


def main() -> None:
    """Answer the request."""
    if sys.version_info < (3, 8):
        sys.exit("CPython {}.{} is too old, 3.8 is needed".format(*sys.version_info))
    request = json.load(sys.stdin)
    around = environment({wanted["packages"] for wanted in request["programs"]} - {""})
    if not request["programs"]:
        send(around)
        return
    forks, exceptions, watches = load("forks"), load("exceptions"), load("watch")
    starlette = os.path.dirname(around["starlette_file"] or "")
    watch = watches.Watch([*installed(starlette), *request["watched"]])
    send(dict(around, content=watch.content))
    sources = exceptions.Sources(starlette)
    for end in forks.each_end(request, sources, watch, watches.Bytecode, exceptions.describe):
        send(end)


main()
