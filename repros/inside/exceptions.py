"""An exception as facts: what a fork can tell of it, and what of that is so."""

import builtins
import os
import sys
from opcode import opmap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import CodeType
    from typing import Any

IMPORTS = (opmap["IMPORT_NAME"], opmap["IMPORT_FROM"])
# Of a message, in characters.
LONGEST = 1000000


class Sources:
    """The files that an exception may come from: those of the environment and of the standard library."""

    def __init__(self, starlette: str) -> None:
        self.starlette = starlette
        self.folders = [folder for folder in [*sys.path, self.starlette] if folder]
        self.known: "dict[str, list[object]]" = {}

    def has(self, file: str, more: "Iterable[str]") -> bool:
        """Whether there is such a file, in the environment or below what there is *more*."""
        real = os.path.realpath(file)
        folders = [os.path.realpath(folder) for folder in [*self.folders, *more] if folder]
        return os.path.isfile(real) and any(real == folder or real.startswith(folder + os.sep) for folder in folders)

    def holds(self, file: str, code: object) -> bool:
        """Whether *code*, as `describe_code` has it, is what *file* holds."""
        if file not in self.known:
            try:
                with open(file, "rb") as stream:
                    self.known[file] = list(codes(compile(stream.read(), file, "exec", dont_inherit=True)))
            except Exception:
                self.known[file] = []
        return code in self.known[file]

    def check(self, raised: "dict[str, Any]", wanted: "dict[str, Any]") -> "dict[str, Any]":
        """An exception as facts, with what of them is so."""
        own = (wanted["program"], wanted["packages"])
        code, known, home = raised.pop("code"), raised.pop("known"), raised.pop("home")
        framed = self.has(raised["file"], own) and self.holds(raised["file"], code)
        raised["genuine"] = framed and known and (not home or self.has(home, [*own, wanted["drivers"]]))
        if raised["missing"] and raised["type"] == "ModuleNotFoundError" and self.is_there(raised["missing"]):
            raised["missing"] = None
        return raised

    def is_there(self, module: str) -> bool:
        """Whether *module* is one of Starlette's that there is."""
        package, *inner = module.split(".")
        place = os.path.join(self.starlette, *inner)
        return package == "starlette" and (os.path.exists(place + ".py") or os.path.isdir(place))


def codes(code: "CodeType") -> "Iterator[object]":
    """*code* and all that is compiled in it, described."""
    yield describe_code(code)
    for inner in code.co_consts:
        if isinstance(inner, type(code)):
            for each in codes(inner):
                yield each


def describe_code(code: "CodeType") -> object:
    """What tells a piece of code from another one in the same file."""
    return [code.co_name, code.co_firstlineno, code.co_code.hex(), list(code.co_names)]


def describe(error: BaseException) -> "dict[str, object]":
    """An exception as facts; what its own code says counts for nothing but its message."""
    kind = type(error)
    module, name = vars(type)["__module__"].__get__(kind), vars(type)["__qualname__"].__get__(kind)
    module = module if type(module) is str else "?"
    known, home = find_class(kind, module, name)
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    code = step.tb_frame.f_code if step else None
    imports = code is not None and step is not None and code.co_code[step.tb_lasti] in IMPORTS
    missing = getattr(error, "name", None) if imports and kind in (ImportError, ModuleNotFoundError) else None
    return {
        "type": name if known and module == "builtins" else "{}.{}".format(module, name),
        "message": message(error),
        "file": code.co_filename if code else "",
        "line": step.tb_lineno if step else 0,
        "missing": missing if type(missing) is str else None,
        "code": describe_code(code) if code else None,
        "known": known,
        "home": home,
    }


def find_class(kind: type, module: str, name: str) -> "tuple[bool, str]":
    """Whether the class goes by this name in this module, and the module's file, where it has one."""
    if module == "__main__":
        return True, ""
    holder: object = builtins if module == "builtins" else sys.modules.get(module)
    file = getattr(holder, "__file__", None) if holder is not builtins else None
    for part in name.split("."):
        holder = getattr(holder, part, None)
    return holder is kind and (file is not None or module in sys.builtin_module_names), str(file or "")


def message(error: BaseException) -> str:
    """What the exception says; its own code may fail at that."""
    try:
        return str.__getitem__(str(error), slice(LONGEST))
    except Exception as failure:
        return "its message cannot be printed ({})".format(type(failure).__name__)
