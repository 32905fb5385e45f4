"""What the names of one file are bound to, by its syntax.

A file is one scope: a name that is bound to different things in different functions stands for all of them, so that a
use is rather seen where there is none than missed.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from harness.touches.names import CALLED
from harness.touches.sources import Source

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an annotation says a name is an instance of."""

    node: ast.expr


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of which nothing says what it is but its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Dotted:
    """A name as an import states it."""

    name: str


Bound: TypeAlias = ast.expr | ast.ClassDef | Function | Annotation | Parameter | Dotted


@dataclass(slots=True)
class File:
    """The syntax of one file: what each name is bound to, the modules of its star imports, and who holds whom."""

    source: Source
    bound: dict[str, list[Bound]] = field(default_factory=dict)
    imports: list[tuple[str, int]] = field(default_factory=list)
    stars: list[tuple[str, int]] = field(default_factory=list)
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    # Every node, so that nobody has to walk the tree again.
    nodes: list[ast.AST] = field(default_factory=list)

    def bind(self, target: ast.AST | str, value: Bound) -> None:
        """Bind a name, or an attribute such as `self.templates`; what is unpacked is known by nobody."""
        if isinstance(target, ast.Starred | ast.Tuple | ast.List):
            for each in getattr(target, "elts", ()) or [getattr(target, "value", "")]:
                self.bind(each, Parameter(""))
        elif name := target if isinstance(target, str) else dotted(target):
            self.bound.setdefault(name, []).append(value)

    def holder(self, node: ast.AST) -> Iterator[ast.AST]:
        """What *node* lies in, from the inside out."""
        while (above := self.parents.get(node)) is not None:
            yield above
            node = above


def dotted(node: ast.AST) -> str:
    """`a.b.c` as text; empty for whatever else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def read_bindings(source: Source) -> File:
    """Everything that the file binds, wherever it does."""
    file = File(source)
    file.nodes.append(source.tree)
    for node in file.nodes:
        for child in ast.iter_child_nodes(node):
            # These are one object wherever they stand.
            if not isinstance(child, ast.expr_context | ast.operator | ast.boolop | ast.unaryop | ast.cmpop):
                file.parents[child] = node
                file.nodes.append(child)
        if isinstance(node, _BINDING):
            _bind(node, file)
    return file


_BINDING = (
    *(ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.withitem, ast.For, ast.AsyncFor),
    *(ast.comprehension, ast.ExceptHandler, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda),
)


def _bind(node: ast.AST, file: File) -> None:
    match node:
        case ast.Import():
            for alias in node.names:
                file.imports.append((alias.name, node.lineno))
                name = alias.asname or alias.name.partition(".")[0]
                file.bind(name, Dotted(alias.name if alias.asname else name))
        case ast.ImportFrom():
            _bind_from(node, file)
        case ast.Assign():
            for target in node.targets:
                file.bind(target, node.value)
        case ast.AnnAssign():
            file.bind(node.target, Annotation(node.annotation))
            if node.value is not None:
                file.bind(node.target, node.value)
        case ast.NamedExpr():
            file.bind(node.target, node.value)
        case ast.withitem() if node.optional_vars is not None:
            file.bind(node.optional_vars, node.context_expr)
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            file.bind(node.target, Parameter(""))
        case ast.ExceptHandler() if node.name and node.type:
            file.bind(node.name, Annotation(node.type))
        case ast.ClassDef():
            file.bind(node.name, node)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            inside = isinstance(file.parents.get(node), ast.ClassDef)
            file.bind(f"self.{node.name}" if inside else node.name, node)
            _bind_parameters(node, file)
        case ast.Lambda():
            _bind_parameters(node, file)


def _bind_from(node: ast.ImportFrom, file: File) -> None:
    for module in _modules_of(node, file.source):
        file.imports.append((module, node.lineno))
        for alias in node.names:
            if alias.name == "*":
                file.stars.append((module, node.lineno))
            else:
                file.imports.append((f"{module}.{alias.name}", node.lineno))
                file.bind(alias.asname or alias.name, Dotted(f"{module}.{alias.name}"))


def _modules_of(node: ast.ImportFrom, source: Source) -> list[str]:
    """The module that is imported from; for a relative one, by the longest name that the file itself may have."""
    if not node.level:
        return [node.module or ""]
    package = source.modules[0].split(".") if source.modules else []
    if source.path.name != "__init__.py":
        package = package[:-1]
    package = package[: len(package) - node.level + 1]
    return [".".join([*package, *filter(None, [node.module])])]


def _bind_parameters(node: Function | ast.Lambda, file: File) -> None:
    places = [*node.args.posonlyargs, *node.args.args]
    values = [None] * (len(places) - len(node.args.defaults)) + list(node.args.defaults)
    pairs = [*zip(places, values, strict=True), *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
    pairs += [(each, None) for each in (node.args.vararg, node.args.kwarg) if each]
    for parameter, default in pairs:
        if parameter.annotation:
            file.bind(parameter.arg, Annotation(parameter.annotation))
        elif default is not None and not isinstance(default, ast.Constant):
            file.bind(parameter.arg, default)
        else:
            file.bind(parameter.arg, Parameter(parameter.arg))


def conventional(parameter: Parameter) -> str | None:
    """What a parameter of this name is by convention."""
    return CALLED.get(parameter.name)
