"""Where the files of a project mention what is Starlette's, and what hides it from whoever reads them."""

import ast
from collections.abc import Collection, Iterator

from harness.touches.bindings import File, Function, dotted, read_bindings
from harness.touches.mentions import UNKNOWN, Arguments, Doubt, Form, Mention, Place, Scan
from harness.touches.names import is_dependent
from harness.touches.resolving import (
    IMPORTERS,
    Names,
    Project,
    attribute,
    constant_attribute,
    imported_by,
    is_starlettes,
)
from harness.touches.sources import Sources, Unread

# These call, later, the class that they are given, with the arguments beside it.
_HAND_ON = ("add_middleware", "Middleware", "partial")
# These only look at what they are given.
_ASK = frozenset(f"builtins.{name}" for name in ("isinstance", "issubclass", "type", "repr", "id", "hasattr", "str"))


def scan(sources: Sources, dependents: Collection[str] = ()) -> Scan:
    """Every mention and every doubt, in the order of the files. A file that is nested too deep joins those not read.

    *dependents* are modules that use Starlette, beside those that are known to.
    """
    project = Project([read_bindings(source) for source in sources.read])
    found: list[Mention | Doubt] = []
    for file in project.files:
        try:
            found += _Reader(project, file, frozenset(dependents)).read()
        except RecursionError:
            sources.unread.append(Unread(file.source.path, "is nested too deep", file.source.path.read_bytes()))
    mentions = tuple(each for each in found if isinstance(each, Mention))
    # Without anything of Starlette's, an attribute that is called as one of its own is somebody else's.
    imported = any(each.imported for each in mentions)
    return Scan(mentions if imported else (), tuple(each for each in found if isinstance(each, Doubt)))


class _Reader:
    """Reads one file of a project."""

    def __init__(self, project: Project, file: File, dependents: frozenset[str]) -> None:
        self._dependents = dependents
        self._project = project
        self._file = file

    def read(self) -> Iterator[Mention | Doubt]:
        yield from self._imports()
        for node in self._file.nodes:
            match node:
                case ast.Name() | ast.Attribute():
                    yield from self._mentions(node)
                case ast.Call():
                    yield from self._call(node)
                case ast.ClassDef():
                    yield from self._members(node)
                case ast.Constant() if isinstance(node.value, str):
                    yield from self._quoted_annotation(node)

    def _names(self, node: ast.AST) -> Names:
        return self._project.stands_for(self._file, node)

    def _at(self, line: int) -> Place:
        return Place(self._file.source.path, line)

    def _imports(self) -> Iterator[Mention | Doubt]:
        for name, line in self._file.imports:
            if is_starlettes(name):
                yield Mention(name, self._at(line), Form.PASSING, imported=True)
            elif (is_dependent(name) or name.partition(".")[0] in self._dependents) and not self._project.is_own(name):
                yield Doubt("", f"{name} may use it", self._at(line))
        for module, line in self._file.stars:
            if is_starlettes(module):
                yield Doubt(module, f"from {module} import *", self._at(line))

    def _mentions(self, node: ast.Name | ast.Attribute) -> Iterator[Mention]:
        told = [each for each in self._names(node) if is_starlettes(each) or each.startswith(f"{UNKNOWN}.")]
        if not told:
            return
        form, arguments = self._form(node)
        for name in sorted(told):
            if is_starlettes(name):
                # What is done with an instance is no call of the class.
                passing = name.endswith("()")
                yield Mention(
                    name.removesuffix("()"),
                    self._at(node.lineno),
                    Form.PASSING if passing else form,
                    Arguments() if passing else arguments,
                )
            else:
                yield Mention(name, self._at(node.lineno), form, arguments)

    def _form(self, node: ast.expr) -> tuple[Form, Arguments]:
        above = self._file.parents.get(node)
        if isinstance(above, ast.keyword):
            above = self._file.parents.get(above)
        match above:
            case ast.Call() if above.func is node:
                return Form.CALLED, _arguments(above)
            case ast.Call() if dotted(above.func).rpartition(".")[2] in _HAND_ON:
                return Form.CALLED, _arguments(above)
            case ast.Call() if self._names(above.func) & _ASK:
                return Form.PASSING, Arguments()
            case ast.Call() | ast.ClassDef() | ast.Return() | ast.Tuple() | ast.List() | ast.Dict() | ast.Set():
                return Form.HANDED_ON, Arguments()
        return Form.PASSING, Arguments()

    def _call(self, node: ast.Call) -> Iterator[Mention | Doubt]:
        functions = self._names(node.func)
        at = self._at(node.lineno)
        if (module := imported_by(functions, node)) is not None and is_starlettes(module):
            yield Mention(module, at, Form.PASSING, imported=True)
        elif functions & IMPORTERS and node.args and is_starlettes(_beginning(node.args[0])):
            yield Doubt("", "an import of a computed name", at)
        if taken := constant_attribute(functions, node):
            form, arguments = self._form(node)
            for owner in self._names(node.args[0]):
                yield from (
                    Mention(name, at, form, arguments)
                    for name in attribute(owner, taken)
                    if is_starlettes(name) or name.startswith(UNKNOWN)
                )
        elif functions & {"builtins.getattr"} and node.args:
            for owner in sorted(filter(is_starlettes, self._names(node.args[0]))):
                yield Doubt(owner.removesuffix("()"), f"getattr() of {dotted(node.args[0]) or owner}", at)
        if dotted(node.func).rpartition(".")[2] in _HAND_ON[:2] and node.args:
            yield from self._middleware(node.args[0], at)

    def _middleware(self, node: ast.expr, at: Place) -> Iterator[Doubt]:
        """A middleware of another package may do whatever Starlette's can."""
        for name in sorted(self._names(node)):
            ours = "." not in name or is_starlettes(name) or name.startswith("builtins.") or self._project.is_own(name)
            if name == UNKNOWN:
                yield Doubt("starlette.middleware", "a middleware that only a run knows", at)
            elif not ours:
                yield Doubt("", f"{name}, a middleware of another package, may use it", at)

    def _members(self, node: ast.ClassDef) -> Iterator[Mention]:
        """What a class defines anew of what its bases have."""
        for base in sorted(self._names(node)):
            if not (is_starlettes(base) or base == UNKNOWN):
                continue
            for member in node.body:
                for defined in _defined(member):
                    yield from (
                        Mention(name, self._at(member.lineno), Form.HANDED_ON) for name in attribute(base, defined)
                    )

    def _quoted_annotation(self, node: ast.Constant) -> Iterator[Mention]:
        """A name in an annotation that is written as a string."""
        above = self._file.parents.get(node)
        if isinstance(above, ast.arg | ast.AnnAssign) or (isinstance(above, Function) and above.returns is node):
            for name in sorted(filter(is_starlettes, self._project.annotated(self._file, node))):
                yield Mention(name.removesuffix("()"), self._at(node.lineno), Form.PASSING)


def _arguments(call: ast.Call) -> Arguments:
    keywords = frozenset(each.arg for each in call.keywords if each.arg)
    more = any(each.arg is None for each in call.keywords) or any(isinstance(each, ast.Starred) for each in call.args)
    return Arguments(keywords, len(call.args), more)


def _beginning(node: ast.expr) -> str:
    """The text that a computed one begins with, as far as it is written there."""
    match node:
        case ast.BinOp(left=left):
            return _beginning(left)
        case ast.JoinedStr(values=[first, *_]):
            return _beginning(first)
        case ast.Constant(value=str(text)):
            return text
    return ""


def _defined(member: ast.stmt) -> Iterator[str]:
    match member:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield member.name
        case ast.Assign():
            yield from filter(None, map(dotted, member.targets))
        case ast.AnnAssign():
            yield from filter(None, [dotted(member.target)])
