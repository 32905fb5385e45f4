"""mypy's caches, while somebody forgets what others copy."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.support.processes import Finished
from typing_checks import caches
from typing_checks.caches import CACHE, forget_cache, prepare_cache

OPTIONS = ["--python-version=3.11", "--strict"]
FILES = 200


class Writer:
    """Takes mypy's place, and writes as many files as it would."""

    def run(self, arguments: Sequence[str], *, folder: Path, seconds: float) -> Finished:
        (part,) = [each.partition("=")[2] for each in arguments if each.startswith("--cache-dir=")]
        (folder / part).mkdir()
        for number in range(FILES):
            (folder / part / f"{number}.json").write_text("{}", encoding="utf-8")
        return Finished(0, "", str(seconds))


def test_a_cache_that_is_copied_while_another_target_forgets_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "CHECKER", Writer())

    def one(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        prepare_cache(folder, tmp_path, OPTIONS)
        found = len(list((folder / CACHE).iterdir()))
        forget_cache(folder, tmp_path, OPTIONS)
        return found

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(one, range(40))) == {FILES}
