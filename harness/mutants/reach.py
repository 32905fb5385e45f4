"""Which programs run what is edited: each function that an edit is in says so, in a copy of the newest release."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

from harness.mutants.edits import Edited

# A name below Starlette's that no module has: what is there when a program has ended is among the facts of a run.
_RAN = "starlette.ran"


def marks_of(before: Edited, after: Edited) -> frozenset[str] | None:
    """A mark for each function that the files differ in; None where they differ in anything else.

    What a program has not called cannot change what it does, whatever its body says. What lies outside of bodies
    (imports, classes, signatures) is run by whoever imports the file.
    """
    found: set[str] = set()
    for file, text in after.items():
        try:
            old, new = ast.parse(before[file]), ast.parse(text)
        except SyntaxError:
            return None
        changed = [
            number
            for number, (one, other) in enumerate(zip(_functions(old), _functions(new), strict=False))
            if _dump(one) != _dump(other)
        ]
        if _without_bodies(old) != _without_bodies(new):
            return None
        found.update(_mark(file, number) for number in changed)
    return frozenset(found)


def marked(before: Edited, marks: Collection[str]) -> Edited:
    """The files with a statement in each function that has one of *marks*, which leaves the mark when it is run."""
    found = {}
    for file, text in before.items():
        tree = ast.parse(text)
        for number, function in enumerate(_functions(tree)):
            if (mark := _mark(file, number)) in marks:
                function.body[:0] = ast.parse(f"__import__('sys').modules.setdefault({mark!r}, None)").body
        found[file] = ast.unparse(tree)
    return found


def _mark(file: Path, number: int) -> str:
    return f"{_RAN}.{'.'.join(file.with_suffix('').parts)}.{number}"


_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(tree: ast.AST) -> Iterator[_Function]:
    """Every function that lies in no other, in the order of the file."""
    for each in ast.iter_child_nodes(tree):
        if isinstance(each, _Function):
            yield each
        else:
            yield from _functions(each)


def _dump(function: _Function) -> list[str]:
    return [ast.dump(statement) for statement in function.body]


def _without_bodies(tree: ast.AST) -> str:
    """All that a file says outside of its functions' bodies; the tree is of no use afterwards."""
    for function in _functions(tree):
        function.body = []
    return ast.dump(tree)
