"""The marks of a typing check: what is read as one, and what is refused."""

from pathlib import Path

import pytest

from harness.catalogue.marks import read_marks


def marks_of(text: str, folder: Path) -> set[tuple[int, str]]:
    program = folder / "typing_check.py"
    program.write_text(text, encoding="utf-8")
    return {(mark.line, mark.code) for mark in read_marks(program)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("a = b\n", set()),
        ("a, b = c  # E: str-unpack\n", {(1, "str-unpack")}),
        ("a = b\n\nf(a)  # E: misc\n\ng(a)  # E: misc\n", {(3, "misc"), (5, "misc")}),
        ("f(a)  # E: arg-type, misc\n", {(1, "arg-type"), (1, "misc")}),
        ("f(a)  # type: ignore[arg-type]  # E: unused-ignore\n", {(1, "unused-ignore")}),
        *(
            (f"a = b  # {said}\n", set())
            for said in ("an ordinary remark", "e.g. this", "E is for error", "see E: drive")
        ),
        *((f"a = b  # {said}\n", set()) for said in ("E-mail: ada", "noqa: E501", "types: ignored", "Even: no", "e")),
        ('a = "f(a)  # E: misc"\n', set()),
        ('"""How to mark a line:\n\nf(a)  # E: misc\n"""\n', set()),
        ("f(\n    a,  # E: arg-type\n)\n", {(2, "arg-type")}),
    ],
)
def test_a_mark_is_a_comment_at_the_end_of_its_line(text: str, found: set[tuple[int, str]], tmp_path: Path) -> None:
    assert marks_of(text, tmp_path) == found


@pytest.mark.parametrize("said", ["", " ", "Misc", "misc arg-type", "misc,", "[misc]", "misc: Incompatible types"])
def test_a_mark_that_names_no_code_is_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"typing_check\.py:2: .* names no code; write # E: "):
        marks_of(f"a = b\nf(a)  # E: {said}\n", tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "#E: misc",
            "#E:misc",
            "# e: misc",
            "# E : misc",
            "#  E: misc",
            "# E misc",
            "# E arg-type, misc",
            "# E; misc",
        ),
        *("# type: ignore[misc]  # e: unused-ignore", "# e: misc  # E: misc"),
    ],
)
def test_a_mark_with_a_slip_is_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"typing_check\.py:2: .* looks like a mark and is none; write # E: "):
        marks_of(f"a = b\nf(a)  {said}\n", tmp_path)


def test_every_mark_that_cannot_be_read_is_shown(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^typing_check\.py:1: .*\ntyping_check\.py:3: .*$"):
        marks_of("f(a)  # e: misc\nf(a)  # E: misc\nf(a)  # E: Misc\n", tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "typing_check.py").write_bytes(b"# \xff\n")
    with pytest.raises(ValueError, match=r"typing_check\.py cannot be read: .*; write it in UTF-8"):
        read_marks(tmp_path / "typing_check.py")


@pytest.mark.parametrize("text", ["f(\n", "if a:\n        b\n    c\n", '"""never ends\n'])
def test_a_file_that_is_no_python_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"typing_check\.py is no Python"):
        marks_of(text, tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "# type: ignore",
            "#type:ignore",
            "# type: ignore[misc]",
            "# it is so  # type: ignore",
            "# mypy: ignore-errors",
        ),
        *("# type: ignore  # E: unused-ignore", "# type: ignore[misc]  # E: misc", "#mypy: strict=False"),
    ],
)
def test_a_comment_that_keeps_mypy_silent_is_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"typing_check\.py:2: this comment keeps mypy from saying what it finds"):
        marks_of(f"a = b\n{said}\n", tmp_path)


def test_a_configuration_of_mypys_is_refused_within_a_text_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"typing_check\.py:2: this comment keeps mypy"):
        marks_of('"""\n# mypy: ignore-errors\n"""\n', tmp_path)
