"""The releases on the index: which is final, which follows which, how a version is spelt."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.releases.index import Index, end_of_day, load_index, parse_version, same_version
from harness.support.errors import UserError
from tests.support.factories import index, release

INDEX = index(
    "0.9.0",
    "0.10.0b1",
    "0.10.0rc1",
    "0.10.0",
    "0.10.0.post1",
    release("0.11.0", yanked=True),
    "0.11.1.dev1",
    "0.12.0",
    release("0.13.0", yanked=True),
    "0.14.0b1",
)


@pytest.mark.parametrize(
    ("version", "follower"),
    [
        ("0.9.0", "0.10.0"),
        ("0.10.0b1", "0.10.0"),
        ("0.10.0", "0.10.0.post1"),
        ("0.10.0.post1", "0.11.0"),
        ("0.11.0", "0.12.0"),
        ("0.12.0", "0.13.0"),
        ("0.13.0", None),
    ],
)
def test_a_neighbour_is_the_next_final_release(version: str, follower: str | None) -> None:
    assert INDEX.after(version) == follower


def test_post_releases_and_yanked_ones_are_final() -> None:
    assert INDEX.finals == ("0.9.0", "0.10.0", "0.10.0.post1", "0.11.0", "0.12.0", "0.13.0")


def test_the_newest_release_is_neither_yanked_nor_a_prerelease() -> None:
    assert INDEX.newest == "0.12.0"


def test_a_release_is_found_by_its_version() -> None:
    assert INDEX["0.11.0"].yanked
    assert "0.11.0" in INDEX
    assert "0.11.2" not in INDEX
    with pytest.raises(KeyError, match=r"0\.11\.2"):
        INDEX["0.11.2"]


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2021-11-04T12:00:00Z", datetime(2021, 11, 5, tzinfo=UTC)),
        ("2021-11-04T00:00:00Z", datetime(2021, 11, 5, tzinfo=UTC)),
        ("2021-11-04T23:59:59Z", datetime(2021, 11, 5, tzinfo=UTC)),
        ("2021-11-04T23:30:00-02:00", datetime(2021, 11, 6, tzinfo=UTC)),
        ("2021-12-31T18:00:00Z", datetime(2022, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_utc(moment: str, end: datetime) -> None:
    assert end_of_day(datetime.fromisoformat(moment)) == end


@pytest.mark.parametrize(
    ("text", "known"),
    [("0.10", "0.10.0"), ("0.10.0.b1", "0.10.0b1"), ("v0.12.0", "0.12.0"), ("0.11.2", None), ("newest", None)],
)
def test_a_release_is_known_however_it_is_spelt(text: str, known: str | None) -> None:
    assert INDEX.known(text) == known


def test_an_index_without_a_release_to_take_is_none() -> None:
    with pytest.raises(ValueError, match="no final release that was not taken back"):
        index(release("0.9.0", yanked=True), "1.0.0rc1")


@pytest.mark.parametrize("versions", [("0.10.0", "0.9.0"), ("0.9.0", "0.9.0"), ("0.9.0", "0.9.0b1")])
def test_releases_stand_in_the_order_of_their_versions(versions: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="order"):
        index(*versions)


@pytest.mark.parametrize(("version", "wrong"), [("0.9.0-beta1", "not a normalized"), ("newest", "write a release")])
def test_a_version_is_spelt_as_the_index_spells_it(version: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        release(version)


def test_an_upload_time_names_its_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        release("0.9.0", "2021-11-04T12:00:00")


def test_versions_are_compared_as_versions() -> None:
    assert parse_version("0.9.0") < parse_version("0.10.0b1") < parse_version("0.10.0") < parse_version("0.10.0.post1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0.12.0b1", "0.12.0.b1", True),
        ("0.12.0", "0.12", True),
        ("0.12.0", "0.12.0b1", False),
        ("0.12.0", "0.12.0.post1", False),
        ("0.12.0", "unknown", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_version_is_the_same_however_it_is_spelt(one: str, other: str, same: bool) -> None:
    assert same_version(one, other) is same_version(other, one) is same


ROW = '{"version": "0.9.0", "uploaded": "2021-11-04T12:00:00Z", "yanked": false}'


def read(text: str | bytes, folder: Path) -> Index:
    path = folder / "releases.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_index(path)


def test_a_releases_file_is_read_as_it_stands(tmp_path: Path) -> None:
    found = read(f'{{"as_of": "2026-11-21T00:00:00Z", "releases": [{ROW}]}}', tmp_path)
    assert found.as_of == datetime(2026, 11, 21, tzinfo=UTC)
    assert found.releases == (release("0.9.0"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        b"\xff",
        f'{{"releases": [{ROW}]}}',
        '{"as_of": "2026-11-21T00:00:00Z"}',
        f'{{"as_of": "yesterday", "releases": [{ROW}]}}',
        f'{{"as_of": 2026, "releases": [{ROW}]}}',
        '{"as_of": "2026-11-21T00:00:00Z", "releases": 7}',
        '{"as_of": "2026-11-21T00:00:00Z", "releases": ["0.9.0"]}',
        '{"as_of": "2026-11-21T00:00:00Z", "releases": [{"version": "0.9.0"}]}',
        f'{{"as_of": "2026-11-21T00:00:00Z", "releases": [{ROW}, {ROW}]}}',
        f'{{"as_of": "2026-11-21T00:00:00Z", "releases": [{ROW.replace("0.9.0", "old")}]}}',
        f'{{"as_of": "2026-11-21T00:00:00Z", "releases": [{ROW.replace("12:00:00Z", "12:00:00")}]}}',
    ],
)
def test_a_malformed_releases_file_is_one_message(text: str | bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"releases\.json: .*; restore it from git or write it with"):
        read(text, tmp_path)


def test_a_missing_releases_file_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"releases\.json: .*; restore it from git or write it with"):
        load_index(tmp_path / "releases.json")
