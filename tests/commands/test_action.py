"""The action for pull requests of other projects, its scripts run as a runner would; and what CI may use."""

import os
import re
import subprocess
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.projects import CHECKOUT, SECONDS

ACTION = CHECKOUT / "action.yml"
FILES = [ACTION, *sorted((CHECKOUT / ".github").rglob("*.yml"))]
SCRIPT = re.compile(r"^( +)(?:- )?run: (?:\|\n((?:\1  .*\n|\n)+)|(.+)\n)", re.MULTILINE)
# Stands for every Python: makes virtual environments of itself, and keeps what the command is given.
PYTHON = """\
#!/bin/sh
case "$3 $*" in
  venv*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
  pip*) printf '%s\\0' "$@" > "$RUNNER_TEMP/installed" ;;
  upgrade*) [ -f "$2" ] || exit 99; printf '%s\\0' "$@" > "$RUNNER_TEMP/given"
    printf '%s' "$STARLETTE_CASES_ADDRESS" > "$RUNNER_TEMP/address"; : > "$OUTPUT"; exit "$ENDS_WITH" ;;
  *) exit 99 ;;
esac
"""
HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned #",
    "a\ncode=0\n::error::b",
    "--x",
    "*",
]
TEXTS = ["from", "to", "candidate", "format", "output", "waivers", "source"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the action ended, what its steps said and put out, and what the command was given."""

    code: int
    said: str
    outputs: Mapping[str, str]
    given: Sequence[str]

    def option(self, name: str) -> str | None:
        return dict(each.split("=", 1) for each in self.given if "=" in each).get(f"--{name}")


@dataclass(frozen=True, slots=True)
class Project:
    """Somebody's repository, checked out by a runner that has a folder of its own."""

    folder: Path
    runner: Path

    def git(self, *arguments: str) -> str:
        ended = self.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.invalid", *arguments])
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def commit(self, name: str, text: str) -> str:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", text)
        return self.git("rev-parse", "HEAD")

    def act(self, *, base: str = "", merge: str = "", repository: str = "", ends_with: int = 0, **inputs: str) -> Ended:
        """Run the action's scripts, one after the other, until one fails."""
        known = {f"inputs.{name}": value for name, value in (defaults() | inputs).items()}
        known["steps.python.outputs.python-path"] = str(self.runner / "python")
        event = {"BASE": base, "MERGE": merge, "SERVER": "https://example.org", "REPOSITORY": repository, "REF": "abc"}
        said, code, outputs = "", 0, dict[str, str]()
        for name, expressions, script in steps():
            variables = {key: event.get(key) or known.get(value, "") for key, value in expressions.items()}
            ended = self.run(["bash", "-eo", "pipefail", "-c", script], ENDS_WITH=str(ends_with), **variables)
            said, code = said + ended.stdout + ended.stderr, ended.returncode
            outputs = dict(line.split("=", 1) for line in self.left("output").splitlines())
            known |= {f"steps.{name}.outputs.{key}": value for key, value in outputs.items()}
            if code:
                break
        return Ended(code, said, outputs, self.left("given").split("\0")[:-1])

    def left(self, name: str) -> str:
        path = self.runner / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def run(self, command: Sequence[str], **variables: str) -> subprocess.CompletedProcess[str]:
        surroundings = {
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GITHUB_ACTION_PATH": str(self.runner / "the action"),
            "GITHUB_OUTPUT": str(self.runner / "output"),
            "RUNNER_TEMP": str(self.runner),
        }
        environment = surroundings | variables
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "a project", tmp_path / "a runner")
    made.folder.mkdir()
    locks = made.runner / "the action" / "evidence" / "locks"
    locks.mkdir(parents=True)
    (locks / "runtime.txt").write_text("", encoding="utf-8")
    script = made.runner / "the action" / "starlette_cases" / "__main__.py"
    script.parent.mkdir()
    script.touch()
    python = made.runner / "python"
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def scripts(text: str) -> list[str]:
    return [textwrap.dedent(block) or line for _, block, line in SCRIPT.findall(text)]


def steps() -> Iterator[tuple[str, dict[str, str], str]]:
    """The name, the variables as expressions, and the script of each step that has one."""
    for step in ACTION.read_text(encoding="utf-8").split("\n    - ")[1:]:
        name = re.match(r"id: (\w+)", step)
        variables = dict(re.findall(r"^ {8}([A-Z]+): \$\{\{ (.*) \}\}$", step, re.MULTILINE))
        yield from ((name[1] if name else "", variables, script) for script in scripts(step + "\n"))


def defaults() -> dict[str, str]:
    inputs = ACTION.read_text(encoding="utf-8").split("\ninputs:\n")[1].split("\noutputs:\n")[0]
    return dict(re.findall(r'^  ([\w-]+):\n(?:    .+\n)*?    default: "?([^"\n]*)', inputs, re.MULTILINE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_others_wrote_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    uses = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    assert uses
    loose = [each for each in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)]
    assert [each for each in loose if not each.startswith("./ ")] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_pasted_into_a_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(scripts(text)) == len(re.findall(r"^ +(?:- )?run: ", text, re.MULTILINE))
    assert [script for script in scripts(text) if "${{" in script] == []


@pytest.mark.parametrize("lock", ["uv.lock", "a service/uv.lock"])
def test_the_lock_of_the_base_is_compared_with_the_one_in_the_work_tree(project: Project, lock: str) -> None:
    base = project.commit(lock, "before")
    project.commit(lock, "after")
    ended = project.act(base=base, lock=lock)
    assert ended.code == 0, ended.said
    before = Path(ended.option("from") or "")
    assert (before.name, before.read_text(encoding="utf-8")) == ("uv.lock", "before")
    assert ended.option("to") == lock
    assert ended.option("output") == "starlette-upgrade.sarif"


def test_a_pull_request_is_compared_with_the_base_as_it_is_by_now(project: Project) -> None:
    old = project.commit("uv.lock", "when the pull request was made")
    project.git("switch", "--quiet", "--create", "topic")
    project.commit("readme", "the pull request")
    project.git("switch", "--quiet", "main")
    project.commit("uv.lock", "by now")
    project.git("merge", "--quiet", "--no-ff", "topic")
    ended = project.act(base=old, merge=project.git("rev-parse", "HEAD"))
    assert Path(ended.option("from") or "").read_text(encoding="utf-8") == "by now"
    # Where the caller has checked out another commit, its parents mean nothing.
    ended = project.act(base=old, merge=old)
    assert Path(ended.option("from") or "").read_text(encoding="utf-8") == "when the pull request was made"


def test_a_candidate_alone_needs_no_base(project: Project) -> None:
    project.commit("uv.lock", "now")
    ended = project.act(candidate="newest")
    assert (ended.option("from"), ended.option("candidate"), ended.option("to")) == ("uv.lock", "newest", None)


def test_the_tools_are_those_of_the_committed_lock_by_hash(project: Project) -> None:
    project.act(candidate="newest")
    *options, option, lock = project.left("installed").split("\0")[:-1]
    assert "--require-hashes" in options
    assert (option, lock) == ("-r", str(project.runner / "the action" / "evidence" / "locks" / "runtime.txt"))
    committed = (CHECKOUT / "evidence" / "locks" / "runtime.txt").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z])", committed)[1:]
    assert [pin.partition(" ")[0] for pin in pins if "--hash=sha256:" not in pin] == []
    names = {pin.partition("==")[0] for pin in pins}
    assert {"uv", "mypy"} < names
    assert "nox" not in names


def test_pages_are_linked_to_where_the_action_is_from_if_that_is_known(project: Project) -> None:
    project.act(candidate="newest", repository="somebody/something")
    assert project.left("address") == "https://example.org/somebody/something/blob/abc/cases"
    project.act(candidate="newest")
    assert project.left("address") == ""


@pytest.mark.parametrize(("strict", "given"), [("false", False), ("", False), ("true", True), ("yes", True)])
def test_only_false_is_not_strict(project: Project, strict: str, *, given: bool) -> None:
    assert ("--strict" in project.act(candidate="newest", strict=strict).given) is given


@pytest.mark.parametrize("text", HOSTILE)
def test_an_input_is_passed_on_as_it_is_and_never_executed(project: Project, text: str) -> None:
    base = project.commit("uv.lock", "before")
    ended = project.act(ends_with=1, **dict.fromkeys([*TEXTS, "lock"], text))
    assert {name: ended.option(name) for name in TEXTS} == dict.fromkeys(TEXTS, text)
    assert (ended.code, ended.outputs["code"]) == (1, "1")
    # As a lock, it is looked for at the base.
    ended = project.act(base=base, lock=text)
    assert ended.code == 2
    assert [line[:8] for line in ended.said.splitlines()] == ["::error "]
    assert list(project.folder.parent.rglob("pwned")) == []


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_action_ends_as_the_command_did_and_hands_on_what_was_written(project: Project, code: int) -> None:
    ended = project.act(candidate="newest", ends_with=code)
    assert ended.code == code, ended.said
    assert (ended.outputs["code"], ended.outputs["written"]) == (str(code), "true")


def test_without_a_base_to_compare_with_it_says_so_and_ends_with_2(project: Project) -> None:
    base = project.commit("readme", "no lock")
    project.commit("uv.lock", "after")
    said = {
        "no such lock": project.act(base=base),
        "shallow": project.act(base="0" * 40),
        "no event": project.act(),
    }
    assert {ended.code for ended in said.values()} == {2}
    assert {ended.outputs["code"] for ended in said.values()} == {"2"}
    assert said["no such lock"].said == (
        f"::error title=Starlette upgrade::lock: there is no file uv.lock at the base {base} to compare with; "
        "correct lock, or give from\n"
    )
    assert "give actions/checkout fetch-depth: 2" in said["shallow"].said
    assert "this event has no base" in said["no event"].said
