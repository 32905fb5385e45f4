"""Which files are looked at, and what is said of those that cannot be read."""

import os
from pathlib import Path

import pytest

from harness.catalogue.case import Touches
from harness.reports.formats.wording import Place
from harness.support.errors import UserError
from harness.touches import sources as sources_module
from harness.touches.match import Answer
from harness.touches.sources import read_sources
from harness.touches.touching import touching
from harness.touches.wording import document, place, said
from tests.support.factories import case
from tests.support.sources import lay_sources, touch_of

BASE = Touches(name="starlette.middleware.base.BaseHTTPMiddleware")
USE = "from starlette.middleware.base import BaseHTTPMiddleware\n"


def names(folder: Path) -> list[str]:
    return [source.path.relative_to(folder).as_posix() for source in read_sources((folder,)).read]


def test_ones_own_files_are_read_in_order_and_nothing_else(tmp_path: Path) -> None:
    ours = ["a.py", "b/__init__.py", "b/c.py", "z.py"]
    others = [".venv/x.py", ".hidden/x.py", "node_modules/x.py", "lib/site-packages/x.py", "env/x.py", "b/text.txt"]
    lay_sources(tmp_path, dict.fromkeys([*others, *reversed(ours)], "") | {"env/pyvenv.cfg": ""})
    assert names(tmp_path) == ours


def test_links_are_not_followed_and_counted_as_notebooks_are(tmp_path: Path) -> None:
    lay_sources(tmp_path / "a", {"main.py": "", "one.ipynb": "{}", "two.ipynb": "{}"})
    lay_sources(tmp_path / "outside", {"x.py": USE})
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "link.py").symlink_to(tmp_path / "outside" / "x.py")
    found = read_sources((tmp_path / "a",))
    assert [source.path.name for source in found.read] == ["main.py"]
    assert found.notes == ("2 notebooks not looked into", "2 links not looked into")


def test_a_file_below_two_folders_is_read_once(tmp_path: Path) -> None:
    lay_sources(tmp_path, {"a/main.py": USE})
    assert len(read_sources((tmp_path, tmp_path / "a")).read) == 1


@pytest.mark.parametrize(
    "content",
    [
        "# -*- coding: latin-1 -*-\nname = 'é'\n".encode("latin-1") + USE.encode(),
        b"\xef\xbb\xbf" + USE.encode(),
        USE.replace("\n", "\r\n").encode(),
    ],
)
def test_a_file_may_have_any_encoding_that_python_reads(content: bytes, tmp_path: Path) -> None:
    assert touch_of(lay_sources(tmp_path, {"main.py": content}), BASE).answer is Answer.USED


HOPELESS = {
    "a mistake": (b"BaseHTTPMiddleware = =\n", "does not parse as CPython 3."),
    "an older Python": (b"print 'BaseHTTPMiddleware'\n", "does not parse"),
    "an encoding that there is not": (b"# coding: nonsense\nBaseHTTPMiddleware\n", "does not parse"),
    "wide characters": (USE.encode("utf-16"), "does not parse"),
    "a null byte": (b"\0", "does not parse"),
    "too deep": (b"BaseHTTPMiddleware" + b"(" * 5000, "does not parse"),
    "too many attributes": (b"BaseHTTPMiddleware" + b".a" * 600, "is nested too deep"),
    "too large": (b"#" * 1_000_001, "has more than 1000000 bytes"),
}


@pytest.mark.parametrize("name", HOPELESS)
def test_a_file_that_cannot_be_read_may_hold_a_use(name: str, tmp_path: Path) -> None:
    content, reason = HOPELESS[name]
    folder = lay_sources(tmp_path, {"main.py": "import starlette\n", "other.py": content})
    found = touch_of(folder, BASE)
    assert (found.answer, [place.path.name for place in found.places]) == (Answer.CANNOT_TELL, ["other.py"])
    assert reason in found.reason


def test_a_file_that_cannot_be_read_and_has_not_the_word_hides_nothing(tmp_path: Path) -> None:
    folder = lay_sources(
        tmp_path, {"main.py": "import starlette\n", "other.py": b"print 'NotBaseHTTPMiddlewareAtAll'\n"}
    )
    assert touch_of(folder, BASE).answer is Answer.NOT_SEEN
    lay_sources(folder, {"other.py": b"@app.middleware('http') print\n"})
    assert touch_of(folder, BASE).answer is Answer.CANNOT_TELL


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert "is no regular file" in touch_of(tmp_path, BASE).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_may_hold_a_use(tmp_path: Path) -> None:
    lay_sources(tmp_path, {"main.py": USE})
    (tmp_path / "main.py").chmod(0)
    assert "cannot be read" in touch_of(tmp_path, BASE).reason


def test_a_folder_that_is_none_or_holds_nothing_or_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_sources(tmp_path / "many", {"a.py": "", "b.py": ""})
    lay_sources(tmp_path / "none", {"a.txt": ""})
    monkeypatch.setattr(sources_module, "MOST_FILES", 1)
    for name, words in (
        ("missing", "there is no such folder; name one that holds"),
        ("many/a.py", "there is no such folder; name one that holds"),
        ("none", "there is no Python file in it; name a folder that holds some"),
        ("many", "more than 1 Python files; name a folder that holds only yours"),
    ):
        with pytest.raises(UserError) as caught:
            read_sources((tmp_path / name,))
        assert str(caught.value).startswith(f"--source {tmp_path / name}: ")
        assert words in str(caught.value)


def test_an_answer_names_files_from_where_the_reader_is(tmp_path: Path) -> None:
    folder = lay_sources(tmp_path, {"app/main.py": f"{USE}\n\nclass M(BaseHTTPMiddleware): ...\n"})
    used = touch_of(folder, BASE)
    assert said(used, tmp_path) == "your code: used at app/main.py:4 and 1 more line"
    assert said(used, tmp_path / "elsewhere") == f"your code: used at {tmp_path}/app/main.py:4 and 1 more line"
    assert said(touch_of(folder, Touches(name="starlette.testclient")), tmp_path) == "your code: not seen"
    lay_sources(tmp_path, {"app/star.py": "from starlette.testclient import *\n"})
    untold = touch_of(folder, Touches(name="starlette.testclient.TestClient"))
    assert said(untold, tmp_path) == "your code: cannot tell: from starlette.testclient import *, app/star.py:1"
    assert [place(each, tmp_path) for each in (untold, None)] == [None, None]
    assert place(used, tmp_path) == Place(Path("app/main.py"), 4)
    assert document(untold, tmp_path) == {
        "answer": "cannot_tell",
        "reason": "from starlette.testclient import *",
        "places": [{"file": "app/star.py", "line": 1}],
    }
    assert (said(None, tmp_path), document(None, tmp_path)) == ("", None)


def test_a_case_that_no_code_tells_of_says_why(tmp_path: Path) -> None:
    asked = case(no_touches="it lies in the metadata")
    reading = touching([asked], (lay_sources(tmp_path, {"a.py": USE, "b.ipynb": "", "c.py": "="}),))
    assert said(reading.touches[asked.name], tmp_path) == "your code: cannot tell: it lies in the metadata"
    assert reading.looked_at == "1 Python file read, 1 file that cannot be read, 1 notebook not looked into"
