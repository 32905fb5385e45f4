"""What the text of a script tells before it runs: how it is meant to be run, and what it may need."""

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from harness.support.errors import UserError

# What releases declare for a feature, by the words of a program that uses it. Some have to be compiled, and aiofiles of
# old, which Starlette imports where it is there, cannot be imported by a newer Python.
_DECLARED = {
    "aiofiles": r"aiofiles|staticfiles|FileResponse",
    "asgiref": "asgiref",
    "graphene": "graphene|graphql",
    "httpx": "httpx|testclient",
    "httpx2": "httpx2",
    "itsdangerous": "itsdangerous|session",
    "jinja2": "jinja|templat",
    "python-multipart": "multipart|form",
    "pyyaml": r"\byaml\b|schema",
    "requests": "requests|testclient",
    "ujson": "ujson",
}
_TESTERS = frozenset(["anyio", "functools", "mock", "patch", "pytest", "unittest"])


class Source:
    """A script as it is written.

    Raises:
        UserError: this is no Python program; *option* is where its path was written.
    """

    def __init__(self, path: Path, option: str) -> None:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "there is no such file"
            raise UserError(f"{option} {path}: {what}; name a Python program")
        try:
            with warnings.catch_warnings(action="ignore"):
                text = path.read_bytes()
                compile(text, path.name, "exec")
                self.tree = ast.parse(text)
        except OSError as error:
            raise UserError(f"{option} {path}: it cannot be read: {error.strerror}; name a Python program") from None
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise UserError(f"{option} {path}: this is no Python program: {error}; mend it or name another") from None
        self.text = text.decode(errors="replace")

    @property
    def declared(self) -> tuple[str, ...]:
        """What Starlette's own features may need of what a release declares, by the names of the distributions."""
        return tuple(name for name, words in _DECLARED.items() if re.search(words, self.text, re.IGNORECASE))

    def imports(self, module: str) -> bool:
        """Whether an import statement names *module*, or one in it."""
        return module in {name.partition(".")[0] for name in self._imported()}

    @property
    def leaves(self) -> bool:
        """Whether it calls a runner of tests whose answer is its exit code."""
        return any(_is_runner(node) for node in ast.walk(self.tree))

    @property
    def drops_exit_code(self) -> bool:
        """Whether it calls pytest and leaves normally whatever that says."""
        return any(
            isinstance(node, ast.Expr) and _is_runner(node.value) and _dotted(node.value) == "pytest.main"
            for node in ast.walk(self.tree)
        )

    @property
    def uncalled_tests(self) -> tuple[str, ...]:
        """Functions and classes that pytest would run, and that nothing in the file names."""
        named = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        return tuple(name for node in self.tree.body if (name := _test(node)) and name not in named)

    def _imported(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""


def _test(node: ast.stmt) -> str | None:
    """The name of a test, or of a class of tests."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and _is_test(node):
        return node.name
    return None


def _is_test(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        # What something else decorates is its route, or its handler.
        return node.name.startswith("test_") and all(_root(each) in _TESTERS for each in node.decorator_list)
    is_case = node.name.startswith("Test") or any((_dotted(base) or "").endswith("TestCase") for base in node.bases)
    functions = [each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    return is_case and any(name.startswith("test") for name in functions)


def _is_runner(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _dotted(node) in ("pytest.main", "unittest.main")


def _dotted(node: ast.AST) -> str | None:
    """`a.b` for what is called or named so."""
    if isinstance(node, ast.Call):
        return _dotted(node.func)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else None


def _root(node: ast.AST) -> str:
    return (_dotted(node) or "").partition(".")[0]
