"""A plugin for pytest: `--starlette-cases` runs every case in the environment that pytest runs in, an item for each.

Nothing of the suite is imported here: it runs in a process of its own, where the modules of a user's project are not in
its way, nor its own in theirs. It is the suite that says what becomes of each item.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

_OPTION = "--starlette-cases"
_MARK = "starlette_cases"
_SUITE = (sys.executable, "-I", str(Path(__file__).with_name("__main__.py")), "items", "--python", sys.executable)
_SHARED = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("starlette-cases", "documented Starlette bugs")
    group.addoption(_OPTION, action="store_true", help="run every documented Starlette bug in this environment")
    group.addoption(
        f"{_OPTION}-waivers", metavar="FILE", help="bugs that are accepted, as TOML: expected failures, until their day"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption(_OPTION):
        config.addinivalue_line("markers", f"{_MARK}: a documented Starlette bug, run in this environment")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give the workers of pytest-xdist a folder where the first that needs it leaves what was found for the others."""
    if node.config.getoption(_OPTION):
        if _SHARED not in node.config.stash:
            node.config.stash[_SHARED] = tempfile.TemporaryDirectory()
            node.config.add_cleanup(node.config.stash[_SHARED].cleanup)
        node.workerinput[_MARK] = node.config.stash[_SHARED].name


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the cases, before -k and -m choose among all items."""
    if session.config.getoption(_OPTION):
        suite = Suite(session)
        try:
            listed = suite.ask("--list")
        except SuiteError as error:
            raise pytest.UsageError(str(error)) from None
        items += session.genitems(Cases.from_parent(session, name=_MARK, nodeid=_MARK, suite=suite, listed=listed))


class SuiteError(Exception):
    """The suite could not do what it was asked for; the message is what it said."""


class Suite:
    """The suite, in processes of its own."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._ended: dict[str, Mapping[str, Any]] = {}

    def ask(self, *arguments: str) -> Sequence[Mapping[str, Any]]:
        """What the suite answers; raises SuiteError where that is nothing."""
        waivers = self._session.config.getoption(f"{_OPTION}-waivers")
        command = [*_SUITE, *(["--waivers", waivers] if waivers else []), *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
            try:
                stdout, stderr = process.communicate()
            except BaseException:
                # It ends what it has started.
                process.terminate()
                raise
        if process.returncode:
            raise SuiteError(stderr.strip() or f"starlette-cases ended with {process.returncode}")
        answer: Sequence[Mapping[str, Any]] = json.loads(stdout)
        return answer

    def outcome(self, item: "CaseItem") -> Mapping[str, Any]:
        """How *item* ended. The first one runs all that were selected in one go: they have much in common."""
        if not self._ended:
            self._ended = {each["name"]: each for each in self._shared() or self._run()}
        return self._ended[item.name]

    def _run(self) -> Sequence[Mapping[str, Any]]:
        wanted = [each.name for each in self._session.items if isinstance(each, CaseItem)]
        return self.ask(*(word for name in wanted for word in ("--case", name)))

    def _shared(self) -> Sequence[Mapping[str, Any]]:
        """The same from whichever worker was the first to ask; nothing where this is no worker."""
        folder = getattr(self._session.config, "workerinput", {}).get(_MARK)
        if folder is None:
            return ()
        from filelock import FileLock

        found = Path(folder, "found.json")
        with FileLock(found.with_suffix(".lock")):
            if not found.is_file():
                found.write_text(json.dumps(self._run()), encoding="utf-8")
        answer: Sequence[Mapping[str, Any]] = json.loads(found.read_text(encoding="utf-8"))
        return answer


class Cases(pytest.Collector):
    """All cases."""

    def __init__(self, *, suite: Suite, listed: Sequence[Mapping[str, Any]], **options: Any) -> None:
        super().__init__(**options)
        self.suite, self.listed = suite, listed

    def collect(self) -> Iterator[pytest.Item]:
        for each in self.listed:
            yield CaseItem.from_parent(self, name=each["name"], suite=self.suite, words=each["words"])


class CaseItem(pytest.Item):
    """A case; -k finds it also by its *words*: area, kind, numbers and identifiers."""

    def __init__(self, *, suite: Suite, words: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.suite = suite
        self.extra_keyword_matches.update(words)
        self.add_marker(_MARK)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name

    def runtest(self) -> None:
        try:
            ended = self.suite.outcome(self)
        except SuiteError as error:
            pytest.fail(str(error), pytrace=False)
        outcome, said = ended["outcome"], ended["said"]
        if outcome == "skipped":
            pytest.skip(said)
        if outcome == "waived":
            # With --runxfail this does nothing, and it fails.
            pytest.xfail(said)
        if outcome != "passed":
            pytest.fail(said, pytrace=False)
