"""The site in a real browser: what is searched is found, what an upgrade changes is told, and nothing is fetched."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from harness.catalogue.case import Check
from harness.evidence.document import Evidence, Measured, ProfileEvidence, Span
from harness.judgement.vocabulary import Verdict
from harness.reports.site.render import site
from tests.support.factories import case, index, profile
from tests.support.polling import until

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
RELEASES = [f"0.{n}.0" for n in range(1, 7)]
HOSTILE = "</script><img src=x onerror=\"document.title='broken in'\"> <b>bold</b>"


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a browser."""

    chrome: Chrome
    folder: Path

    def open(self, view: str = "") -> None:
        # From elsewhere: an address that differs after its # alone is not loaded again.
        self.chrome.get("about:blank")
        self.chrome.get(f"{(self.folder / 'index.html').as_uri()}{f'#{view}' if view else ''}")

    def ask(self, script: str) -> Any:
        return self.chrome.execute_script(f"return {script}")

    def search(self, text: str) -> None:
        query = self.chrome.find_element(By.ID, "query")
        query.clear()
        query.send_keys(text)

    @property
    def answer(self) -> str:
        return self.chrome.find_element(By.ID, "answer").text

    @property
    def shown(self) -> dict[str, str]:
        """The cases that are shown, each with what becomes of it."""
        script = """Object.fromEntries([...document.querySelectorAll(".bug")].filter((row) => row.checkVisibility())
            .map((row) => [row.dataset.case, row.querySelector(".change").textContent]))"""
        return dict(self.ask(script))


def evidence(name: str, affected: str) -> Evidence:
    """A letter for each release: a for affected."""
    spans = tuple(
        Span(release, release, Verdict.AFFECTED if letter == "a" else Verdict.UNAFFECTED, None, "", {})
        for release, letter in zip(RELEASES, affected, strict=True)
    )
    measured = (Measured(RELEASES[0], RELEASES[-1], "2026-12-31"),)
    found = ProfileEvidence("3.11", measured, {Check.REPRO: spans})
    return Evidence(name, "A session is lost", "2026-12-31", "2.4.1", (Check.REPRO,), {"today": found})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a site")
    page = folder / "README.md"
    page.write_text("# A bug\n\n## Symptom\n\nIt is lost.\n", encoding="utf-8")
    histories = {"fixed_7": "aaauuu", "introduced_7": "uuuaaa", "still_7": "aaaaaa", "never_7": "uuuuuu"}
    found = {
        case(name, folder, title=HOSTILE if name == "fixed_7" else "A session is lost"): evidence(name, letters)
        for name, letters in histories.items()
    }
    for name, text in site(found, index(*RELEASES), {"today": profile("today")}):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser and driver):
        pytest.skip("there is no chromium and chromedriver on the PATH; install them to test the site in a browser")
    options = ChromeOptions()
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    chrome = Chrome(options, Service(driver))
    try:
        yield Page(chrome, folder)
    finally:
        chrome.quit()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0.2.0", {"fixed_7": "affected", "still_7": "affected"}),
        ("0.2.0 0.5.0", {"fixed_7": "fixed", "introduced_7": "introduced", "still_7": "still there"}),
        ("0.2.0..0.5.0", {"fixed_7": "fixed", "introduced_7": "introduced", "still_7": "still there"}),
        ("never_7", {"never_7": ""}),
        ("0.5.0 introduced", {"introduced_7": "affected"}),
        (
            "I am on 0.2.0, what would ==0.5.0 change?",
            {"fixed_7": "fixed", "introduced_7": "introduced", "still_7": "still there"},
        ),
        ("0.2.0 0.5.0 introduced", {"introduced_7": "introduced"}),
        ("nothing of the kind", {}),
        ("0.7.0", {}),
    ],
)
def test_what_is_searched_is_shown_with_what_becomes_of_it(page: Page, text: str, found: dict[str, str]) -> None:
    page.open()
    page.search(text)
    assert page.shown == found


def test_what_is_introduced_is_one_step_away_and_comes_first(page: Page) -> None:
    page.open()
    page.search("0.2.0 0.5.0")
    shown = "[...document.querySelectorAll('.bug')].filter((row) => row.checkVisibility())"
    tops = page.ask(f"{shown}.map((row) => [row.getBoundingClientRect().top, row.dataset.case])")
    assert [name for _, name in sorted(tops)] == ["introduced_7", "fixed_7", "still_7"]
    page.chrome.find_element(By.LINK_TEXT, "1 introduced").click()
    # A browser tells of another address when it comes to it.
    until(lambda: page.shown == {"introduced_7": "introduced"})


def test_a_release_that_is_not_there_is_said_to_be_none(page: Page) -> None:
    page.open()
    page.search("0.2")
    assert page.answer == "0.2 is no release on the index; there are 0.2.0."
    page.search("3.11")
    assert page.answer == "3.11 is no release on the index."


def test_an_upgrade_is_answered_in_one_line_and_its_address_can_be_kept(page: Page) -> None:
    page.open()
    page.search("0.2.0 0.5.0")
    said = "From 0.2.0 to 0.5.0 with the dependencies of today: 1 introduced, 1 fixed, 1 still there."
    assert page.answer == said
    view = page.ask("location.hash.slice(1)")
    page.open(view)
    assert page.answer == said


def test_the_keyboard_reaches_the_search_and_leaves_it(page: Page) -> None:
    page.open()
    page.chrome.switch_to.active_element.send_keys("/")
    assert page.ask("document.activeElement.id") == "query"
    page.search("never")
    page.chrome.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.ask("document.getElementById('query').value") == ""


def test_what_a_title_says_is_text(page: Page) -> None:
    page.open()
    assert page.ask("document.title") == "Documented Starlette bugs, executed"
    assert page.ask("document.querySelectorAll('img, b').length") == 0
    page.chrome.get((page.folder / "bugs" / "fixed_7" / "index.html").as_uri())
    assert page.ask("document.querySelector('h1').textContent") == HOSTILE
    assert page.ask("document.querySelectorAll('img, b').length") == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_a_screen_and_nothing_is_fetched(page: Page, width: int) -> None:
    page.chrome.set_window_size(width, 900)
    page.open()
    assert page.ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    fetched = page.ask("performance.getEntriesByType('resource').map((each) => each.name)")
    assert fetched == []
    logged: list[dict[str, str]] = page.chrome.get_log("browser")  # type: ignore[no-untyped-call]
    refused = [entry["message"] for entry in logged if entry["level"] == "SEVERE"]
    assert refused == []
