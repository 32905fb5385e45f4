"""Profiles: up to when a dependency counts, and what is wrong with a file of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.releases.profiles import PERIOD, TODAY, Cutoff, load_profiles
from harness.support.errors import UserError
from harness.support.paths import CASES
from tests.support.factories import index, profile, release

OWN = '[period]\nabout = "its own day"\ncutoff = "release"\npython = ">=3.11"\n'
NOW = '[today]\nabout = "the day of the index"\ncutoff = "index"\npython = ">=3.11"\n'
OLD = '[today-anyio3]\nabout = "anyio 3"\ncutoff = "index"\npython = "==3.10.*"\nconstraints = ["anyio<4"]\n'
INDEX = index("0.1.0", release("0.2.0", "2021-11-04T23:30:00-02:00"), "0.3.0")


def refusal(text: str | bytes, folder: Path) -> list[str]:
    """What is said of a file, line by line."""
    path = folder / "cases" / "profiles.toml"
    path.parent.mkdir()
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(UserError) as caught:
        load_profiles(path)
    return str(caught.value).splitlines()


def test_the_period_of_a_release_lasts_to_the_end_of_its_own_day() -> None:
    assert profile(PERIOD).moment(INDEX, "0.2.0") == datetime(2021, 11, 6, tzinfo=UTC)


def test_today_is_the_day_that_the_catalogue_is_pinned_to_whatever_the_release() -> None:
    assert {profile(TODAY).moment(INDEX, day_of) for day_of in (*INDEX.finals, "7.7")} == {INDEX.as_of}


def test_every_profile_is_read_and_the_two_that_always_exist_are_first(tmp_path: Path) -> None:
    path = tmp_path / "profiles.toml"
    path.write_text(OLD + NOW + OWN, encoding="utf-8")
    found = load_profiles(path)
    assert list(found) == ["period", "today", "today-anyio3"]
    assert [each.cutoff for each in found.values()] == [Cutoff.RELEASE, Cutoff.INDEX, Cutoff.INDEX]
    old = found["today-anyio3"]
    assert (old.python, old.constraints, old.about, str(old)) == ("==3.10.*", ("anyio<4",), "anyio 3", "today-anyio3")


def test_the_profiles_of_this_catalogue_each_say_what_they_are() -> None:
    found = load_profiles(CASES / "profiles.toml")
    assert list(found)[:2] == [PERIOD, TODAY]
    assert len({each.about for each in found.values()}) == len(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN, "today: missing; this profile always exists"),
        (NOW, "period: missing; this profile always exists"),
        (OWN + NOW.replace("index", "tomorrow"), "today.cutoff: 'tomorrow' is none of release, index"),
        (OWN + NOW.replace('"index"', "7"), "today.cutoff: 7 is none of release, index"),
        (OWN + NOW.replace('cutoff = "index"\n', ""), "today.cutoff: missing; write release or index"),
        (OWN + NOW.replace('python = ">=3.11"\n', ""), "today.python: missing; write the interpreters that it admits"),
        (OWN + NOW.replace(">=3.11", "3.11 or so"), "today.python: '3.11 or so' is not a version specifier; write"),
        (OWN + NOW.replace('">=3.11"', "3.11"), "today.python: 3.11 is not a string; write the interpreters"),
        (OWN + NOW.replace('about = "the day of the index"\n', ""), "today.about: missing; write what it is"),
        (OWN + NOW.replace("the day of the index", " "), "today.about: it is empty; write a sentence"),
        (OWN + NOW.replace('"the day of the index"', "7"), "today.about: 7 is not a string; write what it is"),
        (OWN + NOW + OLD.replace("anyio<4", "anyio 3"), "today-anyio3.constraints[0]: 'anyio 3' is not a requirement"),
        (OWN + NOW + OLD.replace('["anyio<4"]', '"anyio<4"'), "today-anyio3.constraints: 'anyio<4' is not a list"),
        (OWN + NOW + OLD.replace('["anyio<4"]', "[4]"), "today-anyio3.constraints[0]: 4 is not a string; write"),
        (OWN + NOW + 'colour = "blue"\n', "today.colour: unknown key; the keys here are cutoff, python, constraints"),
        (f"old = 3\n{OWN}{NOW}", "old: 3 is not a table; write a table with cutoff, python, constraints, about"),
    ],
)
def test_what_is_wrong_with_a_profile_is_named_by_its_key_with_what_would_be_right(
    text: str, said: str, tmp_path: Path
) -> None:
    (line,) = refusal(text, tmp_path)
    assert line.startswith(f"cases/profiles.toml: {said}")


def test_all_that_is_wrong_with_a_file_is_shown_together(tmp_path: Path) -> None:
    lines = refusal(OWN.replace("release", "never") + OLD.replace("anyio<4", "").replace(">=", "~~"), tmp_path)
    assert [line.split(": ")[1] for line in lines] == ["today", "period.cutoff", "today-anyio3.constraints[0]"]


@pytest.mark.parametrize("text", [b"[period", b"# \xff\n"])
def test_a_file_that_is_no_toml_is_one_message(text: bytes, tmp_path: Path) -> None:
    (line,) = refusal(text, tmp_path)
    assert line.startswith("cases/profiles.toml: this is not a TOML file: ")


def test_a_missing_file_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"profiles\.toml: this is not a TOML file: "):
        load_profiles(tmp_path / "profiles.toml")
