"""What an expression stands for: dotted names, followed through imports, assignments, annotations and the project.

`starlette.requests.Request` is a class and `starlette.requests.Request()` an instance of it. What nobody can tell by
syntax is UNKNOWN; what is the project's own, or certainly none of Starlette's, is told from it.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from harness.touches.bindings import Annotation, Bound, Dotted, File, Function, Parameter, conventional, dotted
from harness.touches.mentions import UNKNOWN
from harness.touches.names import names_of

# A class of the project's own without a base, and whatever is certainly none of Starlette's, such as a literal.
_OWN = "own"
_OTHER = "other"
_STARLETTES = ("starlette", "fastapi")
# Calls that give back what their first argument is, or what it gives back.
_TRANSPARENT = ("functools.partial", "fastapi.Depends", "fastapi.Security", "fastapi.param_functions.Depends")
IMPORTERS = frozenset({"importlib.import_module", "builtins.__import__"})
_CASTS = ("typing.cast", "typing_extensions.cast")
_UNTYPED = ("typing.Any", "builtins.object")
_LITERALS = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.Compare, ast.ListComp,
             ast.SetComp, ast.DictComp, ast.GeneratorExp)  # fmt: skip
Names = frozenset[str]
_NOTHING: Names = frozenset()
_ANYTHING: Names = frozenset({UNKNOWN})


def is_starlettes(name: str) -> bool:
    """Whether a dotted name is one of Starlette's or of FastAPI's."""
    return name.partition(".")[0] in _STARLETTES


def attribute(owner: str, name: str) -> Iterator[str]:
    """What the attribute *name* of *owner* is called."""
    root = owner.partition(".")[0]
    if root == UNKNOWN or (root == _OWN and "." in owner):
        yield f"{UNKNOWN}.{name}"
    elif root == _OTHER:
        yield _OTHER
    elif name == "__init__" and is_starlettes(owner):
        yield owner.removesuffix("()")
    else:
        yield f"{owner.removesuffix('()')}.{name}"
        if is_starlettes(owner) and _is_opaque(owner.removesuffix("()")):
            yield f"{UNKNOWN}.{name}"


def _is_opaque(name: str) -> bool:
    """Whether *name* is an attribute of a class of which no row says what it is, such as `Request.state`."""
    return not any(_members(each) == 0 for each in names_of(name)) and _members(name) > 0


def _members(name: str) -> int:
    """How many names follow the class in a dotted name; -1 where there is none in it."""
    parts = name.split(".")
    return next((len(parts) - n - 1 for n, part in enumerate(parts) if part[:1].isupper() and "_" not in part), -1)


class Project:
    """The files of a project, which import from each other."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = files
        self._modules: dict[str, list[File]] = {}
        self._fixtures: dict[str, list[tuple[File, Function]]] = {}
        self._known: dict[object, Names] = {}
        self._whole: dict[tuple[Path, str], Names] = {}
        self._depth = 0
        for file in files:
            for name in file.source.modules:
                self._modules.setdefault(name, []).append(file)
            for bound in file.bound.values():
                for each in bound:
                    if isinstance(each, Function) and _is_fixture(each):
                        self._fixtures.setdefault(each.name, []).append((file, each))

    def stands_for(self, file: File, node: ast.AST) -> Names:
        """What an expression, or what a name is bound to, stands for; nothing where it goes round in a circle."""
        if node not in self._known:
            self._known[node] = _NOTHING
            self._depth += 1
            try:
                self._known[node] = self._expression(file, node)
            finally:
                self._depth -= 1
        return self._known[node]

    def is_own(self, module: str) -> bool:
        """Whether *module* is one of the project's."""
        return not is_starlettes(module) and any(
            module.startswith(f"{each}.") or module == each for each in self._modules
        )

    def named(self, name: str) -> Names:
        """What an imported dotted name stands for."""
        parts = name.split(".")
        if is_starlettes(name):
            return frozenset({name})
        for end in range(len(parts), 0, -1):
            files = self._modules.get(".".join(parts[:end]))
            if files and end == len(parts):
                return frozenset({name})
            if files:
                found = self._union(self._exported(file, parts[end]) for file in files)
                return self._attributes(found, parts[end + 1 :])
        return frozenset({name})

    def _exported(self, file: File, name: str) -> Names:
        """What another file gets that imports *name* from this one."""
        if name in file.bound:
            return self._bound(file, name)
        key = (file.source.path, name)
        if key not in self._known:
            self._known[key] = _NOTHING
            self._known[key] = self._union(self.named(f"{module}.{name}") for module, _ in file.stars) or _ANYTHING
        return self._known[key]

    def _bound(self, file: File, name: str) -> Names:
        key = (file.source.path, name)
        if key not in self._whole:
            found = self._union(self._value(file, each) for each in file.bound[name])
            # Inside of another name that is not known yet, it may lack what that one adds.
            if self._depth > 1:
                return found
            self._whole[key] = found
        return self._whole[key]

    def _value(self, file: File, bound: Bound) -> Names:
        match bound:
            case Dotted():
                key = (bound, file.source.path)
                if key not in self._known:
                    self._known[key] = _NOTHING
                    self._known[key] = self.named(bound.name)
                return self._known[key]
            case Annotation():
                return self.annotated(file, bound.node)
            case Parameter():
                if name := conventional(bound):
                    return frozenset({f"{name}()"})
                fixtures = self._fixtures.get(bound.name, ())
                return self._union(self.stands_for(where, each) for where, each in fixtures) or _ANYTHING
        return self.stands_for(file, bound)

    def annotated(self, file: File, node: ast.expr) -> Names:
        """An instance of whatever class an annotation names anywhere."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                node = ast.parse(node.value, mode="eval").body
            except (SyntaxError, ValueError, RecursionError):
                return _ANYTHING
        found: set[str] = set()
        for each in ast.walk(node):
            if isinstance(each, ast.Name | ast.Attribute):
                found |= self.stands_for(file, each)
            elif each is not node and isinstance(each, ast.Constant) and isinstance(each.value, str):
                found |= self.annotated(file, each)
        return frozenset(UNKNOWN if name in _UNTYPED else _instance(name) for name in found) or frozenset({_OTHER})

    def _expression(self, file: File, node: ast.AST) -> Names:
        match node:
            case ast.Name():
                return self._name(file, node)
            case ast.Attribute():
                return self._attribute(file, node)
            case ast.Call():
                return self._call(file, node)
            case ast.Await() | ast.NamedExpr() | ast.Starred():
                return self.stands_for(file, node.value)
            case ast.IfExp():
                return self.stands_for(file, node.body) | self.stands_for(file, node.orelse)
            case ast.BoolOp():
                return self._union(self.stands_for(file, each) for each in node.values)
            case ast.ClassDef():
                return self._union(self.stands_for(file, base) for base in node.bases) or frozenset({_OWN})
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self._returned(file, node)
        return frozenset({_OTHER}) if isinstance(node, _LITERALS) else _ANYTHING

    def _name(self, file: File, node: ast.Name) -> Names:
        owner = _class_of(file, node)
        if owner is not None:
            return frozenset(_instance(name) for name in self.stands_for(file, owner))
        if node.id in file.bound:
            return self._bound(file, node.id)
        if hasattr(builtins, node.id):
            return frozenset({f"builtins.{node.id}"})
        return self._exported(file, node.id)

    def _attribute(self, file: File, node: ast.Attribute) -> Names:
        bound = self._bound(file, name) if (name := dotted(node)) in file.bound else _NOTHING
        owner = self._attributes(self.stands_for(file, node.value), [node.attr])
        # What is put into an attribute says what it is; the class that it is put into need not.
        return frozenset(each for each in owner if is_starlettes(each)) | bound if bound else owner

    def _attributes(self, owners: Names, names: Iterable[str]) -> Names:
        for name in names:
            owners = self._union(
                self.named(each) if self._is_module(owner) else frozenset({each})
                for owner in owners
                for each in attribute(owner, name)
            )
        return owners

    def _is_module(self, name: str) -> bool:
        return name in self._modules and not is_starlettes(name)

    def _call(self, file: File, node: ast.Call) -> Names:
        functions = self.stands_for(file, node.func)
        if functions & frozenset(_CASTS) and len(node.args) > 1:
            return self.annotated(file, node.args[0])
        if functions & frozenset(_TRANSPARENT) and node.args:
            return self.stands_for(file, node.args[0])
        if (name := imported_by(functions, node)) is not None:
            return self.named(name)
        if named_attribute := constant_attribute(functions, node):
            return self._attributes(self.stands_for(file, node.args[0]), [named_attribute])
        if "builtins.super" in functions:
            owner = next((each for each in file.holder(node) if isinstance(each, ast.ClassDef)), None)
            return frozenset(map(_instance, self.stands_for(file, owner))) if owner else _ANYTHING
        return self._union(_result(name) for name in functions)

    def _returned(self, file: File, node: Function) -> Names:
        """What a function gives back, by its annotation or by what it returns or yields."""
        if node.returns is not None:
            return self.annotated(file, node.returns)
        given = [each.value for each in ast.walk(node) if isinstance(each, ast.Return | ast.Yield) and each.value]
        return self._union(self.stands_for(file, each) for each in given) or _ANYTHING

    @staticmethod
    def _union(names: Iterable[Names]) -> Names:
        return frozenset().union(*names)


def imported_by(functions: Names, call: ast.Call) -> str | None:
    """The module that a call imports by a name that is written there."""
    if not functions & IMPORTERS or not call.args:
        return None
    name = call.args[0]
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else None


def constant_attribute(functions: Names, call: ast.Call) -> str | None:
    """The attribute that a call of getattr() takes, where its name is written there."""
    if "builtins.getattr" not in functions or len(call.args) < 2:
        return None
    name = call.args[1]
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else None


def _result(function: str) -> Names:
    """What a call of *function* gives back."""
    if function.startswith(UNKNOWN) or (is_starlettes(function) and _members(function) < 0):
        return frozenset({UNKNOWN})
    return frozenset({_instance(function) if _members(function) == 0 else function})


def _instance(name: str) -> str:
    return name if name.endswith("()") or name.startswith(UNKNOWN) or "." not in name else f"{name}()"


def _is_fixture(function: Function) -> bool:
    names = (each.func if isinstance(each, ast.Call) else each for each in function.decorator_list)
    return any(dotted(name).rpartition(".")[2] == "fixture" for name in names)


def _class_of(file: File, node: ast.Name) -> ast.ClassDef | None:
    """The class whose `self` a name is."""
    for each in file.holder(node):
        if isinstance(each, Function) and isinstance(above := file.parents.get(each), ast.ClassDef):
            first = [*each.args.posonlyargs, *each.args.args][:1]
            return above if first and first[0].arg == node.id else None
    return None
