"""What makes mypy's answer about a program mean something: a guard in which it has to find mistakes.

A clean answer says nothing where mypy takes a name for Any, for then it has every attribute: a module without types, a
class whose base is missing. It says nothing either where mypy does not look: behind `sys.exit()`, in `if not
TYPE_CHECKING`, in a file with `# mypy: ignore-errors`. So the guard is a copy of the program with a mistake before each
of its statements, and a second file with one for every name of Starlette's that the program uses.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from harness.catalogue.marks import silencers

# A mistake has a number: mypy says the same of one line once only.
_MISTAKE = "None.always_wrong_{}"
_REPORTED = re.compile(r'"None" has no attribute "always_wrong_(\d+)"')
# How mypy reports an attribute that is not there, of one type or of several.
_REPORTS = frozenset({"attr-defined", "union-attr"})
_ABSENT = frozenset({"attr-defined", "import-not-found"})
_MODULE, _ANY = 'Revealed type is "types.ModuleType"', 'Revealed type is "Any"'


@dataclass(frozen=True, slots=True)
class Said:
    """One line of mypy's output about one file, which is an error or a note."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Name:
    """Something of Starlette's that a program uses: what it is called, how the guard writes it, and where.

    `line` is that of the guard where it would be missed, which two others follow: what it is, and a mistake. `uses` are
    the lines of the program that need it; `owner` is what it was found in, empty where an import statement names it.
    """

    label: str
    line: int
    uses: frozenset[int]
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """The two texts of a guard, and what mypy has to say of them: `plants` has the program's line for each mistake."""

    planted: str
    names_text: str
    plants: tuple[int, ...]
    names: tuple[_Name, ...]
    silenced: tuple[int, ...]

    def unseen(self, planted: Iterable[Said], names: Iterable[Said]) -> tuple[str, ...]:
        """Where mypy would see no mistake: names of Starlette's, and lines of the program."""
        found = {int(match[1]) for each in planted if (match := _REPORTED.search(each.message))}
        lines = sorted({*self.silenced, *(line for plant, line in enumerate(self.plants) if plant not in found)})
        unknown = [name.label for name in self._reached(tuple(names)) if self._is_unknown(name, tuple(names))]
        if not self.names:
            unknown.append("starlette, which it does not import")
        return *dict.fromkeys(unknown), *(f"line {line}" for line in lines)

    def absent(self, names: Iterable[Said], errors: Iterable[Said]) -> tuple[str, ...]:
        """The names that Starlette does not have; one that is used and not imported counts where it is an error."""
        names, wrong = tuple(names), {each.line for each in errors}
        gone = {each.line for each in names if _is_gone(each)}
        reached = [name for name in self._reached(names) if name.line in gone and (not name.owner or name.uses & wrong)]
        return tuple(dict.fromkeys(name.label for name in reached))

    def _reached(self, names: tuple[Said, ...]) -> Iterator[_Name]:
        """The names that are imported or lie in a module: an attribute of anything else is the program's concern."""
        modules = set()
        for name in self.names:
            if not name.owner or name.owner in modules:
                yield name
                if _said(names, name.line + 1, _MODULE):
                    modules.add(name.label)

    def _is_unknown(self, name: _Name, names: tuple[Said, ...]) -> bool:
        if any(each.line == name.line and _is_gone(each) for each in names) or _said(names, name.line + 1, _MODULE):
            return False
        reported = any(each.line == name.line + 2 and each.code in _REPORTS for each in names)
        return not reported or _said(names, name.line + 1, _ANY)


def _is_gone(said: Said) -> bool:
    """Whether this says that something is not there, and not that it is somebody else's."""
    return said.code in _ABSENT and "does not explicitly export" not in said.message


def _said(names: Iterable[Said], line: int, message: str) -> bool:
    return any(each.line == line and each.message == message for each in names)


def make_guard(text: str) -> Guard:
    """The guard of a program.

    Raises:
        SyntaxError, ValueError: this is no program, or none for the Python that runs mypy.
    """
    tree = ast.parse(text)
    planted, plants = _plant(text, tree)
    names_text, names = _write_names(tree)
    return Guard(planted, names_text, plants, names, tuple(silencers(text)))


def _plant(text: str, tree: ast.Module) -> tuple[str, tuple[int, ...]]:
    """The program with a mistake before each statement, and for each the line that it stands before."""
    lines = text.split("\n")
    places = sorted({place for body in _bodies(tree) for place in _places(body, lines)}, reverse=True)
    # From the end, so that what is still to come stays where it is.
    for number, (line, column, whole) in zip(reversed(range(len(places))), places, strict=True):
        mistake = _MISTAKE.format(number)
        before, after = lines[line - 1][:column], lines[line - 1][column:]
        lines[line - 1] = f"{before}{mistake}\n{before}{after}" if whole else f"{before}{mistake}; {after}"
    return "\n".join(lines), tuple(line for line, _, _ in reversed(places))


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements but those of classes, where a mistake may be another one than elsewhere."""
    for name, value in ast.iter_fields(node):
        if not isinstance(value, list):
            continue
        if name in ("body", "orelse", "finalbody") and not isinstance(node, ast.ClassDef):
            yield value
        for each in value:
            if isinstance(each, ast.stmt | ast.excepthandler | ast.match_case):
                yield from _bodies(each)


def _places(body: list[ast.stmt], lines: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Line and column before each statement, and whether what stands there needs a line of its own."""
    if _is_never_reached(body):
        return
    for number, statement in enumerate(body):
        future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if future or (number == 0 and _is_text(statement)):
            continue
        compound = hasattr(statement, "body") or isinstance(statement, ast.Match)
        line = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", []))])
        content = lines[line - 1]
        if not compound:
            # It counts in bytes.
            yield line, len(content.encode()[: statement.col_offset].decode()), False
        elif not content.lstrip().startswith("elif"):
            yield line, len(content) - len(content.lstrip()), True


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _is_never_reached(body: list[ast.stmt]) -> bool:
    """Whether it says itself that nothing gets here, which mypy checks."""
    call = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "assert_never"


@dataclass(slots=True)
class _Uses:
    """What a program imports from Starlette, and the dotted names that start there.

    `imported` has a label, a statement of the guard, the expression that it makes possible and the program's line;
    `bound` a label and an expression for each name; `dotted` the lines of each dotted name of the program.
    """

    imported: list[tuple[str, str, str, int]] = field(default_factory=list)
    bound: dict[str, tuple[str, str]] = field(default_factory=dict)
    dotted: dict[str, set[int]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    # Names that are no use of a star's.
    own: set[str] = field(default_factory=lambda: set(dir(builtins)))

    @classmethod
    def of(cls, tree: ast.Module) -> "_Uses":
        uses = cls()
        for node in ast.walk(tree):
            match node:
                case ast.Import():
                    uses._note_modules(node)
                case ast.ImportFrom():
                    uses._note_names(node)
                case ast.Attribute() | ast.Name(ctx=ast.Load()):
                    dotted = ast.unparse(node)
                    if all(part.isidentifier() for part in dotted.split(".")):
                        uses.dotted.setdefault(dotted, set()).add(node.lineno)
                case ast.Name(id=name) | ast.arg(arg=name):
                    uses.own.add(name)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    uses.own.add(name)
        return uses

    def _note_modules(self, node: ast.Import) -> None:
        for alias in node.names:
            if not _is_starlette(alias.name):
                self.own.add(alias.asname or alias.name.partition(".")[0])
            elif alias.asname:
                self._bind(alias.asname, alias.name, f"import {alias.name} as", node.lineno)
            else:
                self.bound["starlette"] = ("starlette", "starlette")
                parts = alias.name.split(".")
                for module in (".".join(parts[: n + 1]) for n in range(len(parts))):
                    self.imported.append((module, f"import {module}", module, node.lineno))

    def _note_names(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if node.level or not _is_starlette(node.module or ""):
                self.own.add(alias.asname or alias.name)
            elif alias.name == "*":
                self.stars.append(str(node.module))
                self._bind("", str(node.module), f"import {node.module} as", node.lineno)
            else:
                statement = f"from {node.module} import {alias.name} as"
                self._bind(alias.asname or alias.name, f"{node.module}.{alias.name}", statement, node.lineno)

    def _bind(self, name: str, label: str, statement: str, line: int) -> None:
        alias = f"name_{len(self.imported)}"
        self.imported.append((label, f"{statement} {alias}", alias, line))
        if name:
            self.bound[name] = (label, alias)

    def attributes(self) -> Iterator[tuple[str, str, str, set[int]]]:
        """Label, owner, the guard's expression and the program's lines of what is not imported itself, owners first."""
        for dotted, lines in sorted(self.dotted.items(), key=lambda item: item[0].count(".")):
            name, dot, rest = dotted.partition(".")
            if name in self.bound:
                label, expression = self.bound[name]
                if dot:
                    label = f"{label}.{rest}"
                    yield label, label.rpartition(".")[0], f"{expression}.{rest}", lines
            elif self.stars and name not in self.own:
                yield f"{self.stars[0]}.{dotted}", f"{self.stars[0]}.{dotted}".rpartition(".")[0], dotted, lines


def _write_names(tree: ast.Module) -> tuple[str, tuple[_Name, ...]]:
    """A program of three lines for each name, and the names."""
    uses = _Uses.of(tree)
    lines = ["import starlette", *(f"from {module} import *" for module in uses.stars)]
    names = []
    for label, statement, expression, line in uses.imported:
        names.append(_Name(label, len(lines) + 1, frozenset({line})))
        lines += [statement, *_mistakes(expression)]
    for label, owner, expression, used in uses.attributes():
        names.append(_Name(label, len(lines) + 1, frozenset(used), owner))
        lines += [expression, *_mistakes(expression)]
    return "\n".join([*lines, _MISTAKE.format(0), ""]), tuple(names)


def _mistakes(expression: str) -> tuple[str, str]:
    return f"reveal_type({expression})", f"{expression}.no_such_attribute_anywhere"


def _is_starlette(module: str) -> bool:
    return module.partition(".")[0] == "starlette"
