"""The page in a real browser: filters, keys, the evidence of a cell, its address, and no network."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from harness.catalogue.loading import load_catalogue
from harness.releases.index import load_index
from harness.reports.page.html import to_html
from harness.reports.page.matrix import Matrix, read_matrix
from harness.support.paths import EVIDENCE

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
COMMITTED = read_matrix(load_index(), load_catalogue(), EVIDENCE)
HOSTILE = "</script><img src=x onerror=\"document.title='broken in'\"> <b>bold</b> & `code`"
BACK = "at=middleware_exception_group_1255,today,0.30.0"


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a browser."""

    chrome: Chrome
    address: str

    def open(self, view: str = "") -> None:
        # From elsewhere: an address that differs after its # alone is not loaded again.
        self.chrome.get("about:blank")
        self.chrome.get(f"{self.address}{f'#{view}' if view else ''}")

    def one(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def ask(self, script: str, *arguments: object) -> Any:
        return self.chrome.execute_script(f"return {script}", *arguments)

    def tell(self, command: str, **arguments: object) -> Any:
        return self.chrome.execute_cdp_cmd(command, arguments)

    def show(self, media: str = "", **features: str) -> None:
        """Show the page on *media* to a reader who prefers *features*."""
        wanted = [{"name": name, "value": value} for name, value in features.items()]
        self.tell("Emulation.setEmulatedMedia", media=media, features=wanted)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.chrome.switch_to.active_element.send_keys(key)

    def pick(self, name: str, value: str) -> None:
        self.one(f'input[name="{name}"][value="{value}"]').click()

    @property
    def view(self) -> str:
        return str(self.ask("location.hash.slice(1)"))

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Case and profile of each line that is shown."""
        script = """[...document.querySelectorAll(".line")].filter((line) => line.checkVisibility())
            .map((line) => [line.parentElement.dataset.case, line.dataset.profile])"""
        return [tuple(line) for line in self.ask(script)]

    @property
    def shapes(self) -> set[str]:
        """The verdicts of the shapes that are shown in the matrix."""
        script = """[...document.querySelectorAll(".line td svg")]
            .filter((shape) => shape.checkVisibility({visibilityProperty: true}))
            .map((shape) => shape.getAttribute("class"))"""
        return set(self.ask(script))

    @property
    def focused(self) -> str:
        return str(self.ask("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id"))

    @property
    def panel(self) -> str:
        return self.one("#panel").text


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("there is no chromium and chromedriver on the PATH; install them to test the page in a browser")
    options = ChromeOptions()
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    with Chrome(options, Service(driver)) as started:
        # What the browser opens by itself is not the page's.
        started.get("about:blank")
        started.get_log("performance")  # type: ignore[no-untyped-call]
        yield started


def write(folder: Path, matrix: Matrix) -> str:
    path = folder / "page.html"
    path.write_text(to_html(matrix, "../cases"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(tmp_path_factory.mktemp("page"), COMMITTED)


@pytest.fixture
def page(chrome: Chrome, address: str) -> Iterator[Page]:
    """The page as it is opened from disk; whatever a test does with it, nothing is asked of the network."""
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen(1280, 900))
    found = Page(chrome, address)
    # What fades in has no text yet that a reader could see.
    found.show(**{"prefers-reduced-motion": "reduce"})
    found.open()
    yield found
    assert complaints(chrome) == []


def screen(width: int, height: int, *, mobile: bool = False) -> dict[str, object]:
    return {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}


def complaints(chrome: Chrome) -> list[str]:
    """What the browser complained of, and whatever it asked for that is no file on this machine."""
    said = chrome.get_log("browser")  # type: ignore[no-untyped-call]
    events = [json.loads(entry["message"])["message"] for entry in chrome.get_log("performance")]  # type: ignore[no-untyped-call]
    asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
    assert asked, "the log knows what was asked for"
    return [*(each["message"] for each in said), *(url for url in asked if not url.startswith("file:"))]


def test_a_case_and_a_verdict_narrow_down_lines_cells_count_and_address(page: Page) -> None:
    everything = page.one("#count").text
    assert everything == "206 releases, 8 lines: 1,648 verdicts"
    page.pick("case", "middleware_exception_group_1255")
    assert page.lines == [("middleware_exception_group_1255", profile) for profile in ("period", "today")]
    assert page.view == "case=middleware_exception_group_1255"
    assert [title.is_displayed() for title in page.chrome.find_elements(By.CSS_SELECTOR, ".case")].count(True) == 1
    page.pick("verdict", "affected")
    assert page.shapes == {"affected"}
    assert page.one("#count").text == "22 of 206 releases, 2 of 8 lines: 24 of 1,648 verdicts"
    page.pick("profile", "period")
    assert page.view == "case=middleware_exception_group_1255&profile=period&verdict=affected"
    assert page.one("#count").text == "2 of 206 releases, 1 of 8 lines: 2 of 1,648 verdicts"
    page.one("#everything").click()
    assert (page.view, page.one("#count").text, len(page.lines)) == ("", everything, 8)
    assert not page.one("#everything").is_displayed()


def test_a_view_is_restored_from_its_address_and_what_it_does_not_know_is_ignored(page: Page) -> None:
    page.open(
        f"case=session_websocket_483,middleware_exception_group_1255,nobody&verdict=affected&profile=today&{BACK}"
    )
    assert [name for name, _ in page.lines] == ["session_websocket_483", "middleware_exception_group_1255"]
    assert page.shapes == {"affected"}
    assert page.one('input[value="today"]').is_selected()
    assert "Starlette 0.30.0" in page.panel
    page.ask("(location.hash = '#profile=period&at=nothing')")
    page.ask("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert len(page.lines) == 4
    assert not page.one("#panel").is_displayed()


def test_keys_move_through_the_matrix_and_the_browser_keeps_one_stop_for_it(page: Page) -> None:
    page.one("#matrix td[tabindex='0']").send_keys(Keys.ARROW_RIGHT)
    assert page.focused == "0.1.1, 2018-06-25: affected, #330, period"
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_LEFT)
    assert page.focused == "0.1.0, 2018-06-25: not applicable, #483, period"
    page.press(Keys.ARROW_LEFT)
    assert page.focused.startswith("0.1.0, ")
    page.press(Keys.PAGE_DOWN)
    assert page.focused.startswith("0.1.6, 2018-07-10: inconclusive")
    page.press(Keys.PAGE_UP)
    assert page.focused.startswith("0.1.5, ")
    page.press(Keys.END)
    assert page.focused.startswith("1.10.0, ")
    assert page.ask("document.querySelectorAll('#matrix [tabindex=\"0\"]').length") == 1
    assert "1.10.0" in page.one("#readout").text
    page.press(Keys.HOME, Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_UP)
    assert page.focused == "0.1.0, 2018-06-25: affected, #330, period"
    assert page.ask("getComputedStyle(document.activeElement.firstElementChild).outlineStyle") == "solid"


def test_keys_pass_over_what_is_not_shown(page: Page) -> None:
    page.open("verdict=inconclusive&case=lifespan_example_330,session_websocket_483")
    page.one("#matrix td[tabindex='0']").send_keys(Keys.HOME)
    assert page.focused.startswith("0.1.7, ")
    page.press(Keys.ARROW_DOWN)
    assert page.focused == "0.1.7, 2018-07-11: inconclusive, #483, period", "today has nothing there for #330"
    page.press(Keys.END)
    assert page.focused.startswith("0.35.0, ")


def test_enter_opens_the_evidence_and_escape_leads_back(page: Page) -> None:
    page.open("case=middleware_exception_group_1255&profile=today&verdict=affected")
    cell = page.one("#matrix td[tabindex='0']")
    cell.send_keys(Keys.END, Keys.ENTER)
    assert page.focused == "panel-title"
    assert page.ask("document.getAnimations().length") == 0, "the reader asked for no motion"
    assert page.view.endswith(BACK)
    for words in (
        "Starlette 0.30.0",
        "2023-07-13",
        "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)",
        "typing (a control): unaffected",
        "anyio\n4.16.0",
        "0.15.0 to 0.16.0, fixed in 0.17.0",
        "0.19.0 to 0.30.0, fixed in 0.31.0",
        "fixed in 0.17.0: wrong, affected again in 0.19.0 to 0.30.0",
        "published fix page for #1255",
    ):
        assert words in page.panel
    links = [link.get_dom_attribute("href") for link in page.one("#panel").find_elements(By.CSS_SELECTOR, ".links a")]
    assert links[0] == "../cases/middleware_exception_group_1255/README.md"
    assert links[1] == "https://github.com/encode/starlette/issues/1255"
    assert links[2].endswith(BACK)
    page.press(Keys.ESCAPE)
    assert page.focused == "0.30.0, 2023-07-13: affected, #1255, today"
    assert not page.one("#panel").is_displayed()
    assert "at=" not in page.view


def test_a_click_shows_the_evidence_of_a_yanked_release(page: Page) -> None:
    page.open("case=session_websocket_483")
    cell = page.one("td[aria-label^='0.20.2, '][aria-label$='#483, today']")
    page.ask("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", cell)
    cell.click()
    assert "yanked" in page.panel
    assert "0.6.2 to 0.12.7, fixed in 0.12.8" in page.panel
    page.one("#close").click()
    assert page.focused.startswith("0.20.2, ")


def test_the_newest_releases_are_in_view_when_it_is_opened(page: Page) -> None:
    seen = page.ask("[...document.querySelectorAll('.line td')].at(-1).getBoundingClientRect().right <= innerWidth")
    assert seen
    page.open(BACK.replace("0.30.0", "0.1.0"))
    assert page.ask("document.querySelector('.line td').getBoundingClientRect().left >= 0")


def test_the_matrix_is_a_grid_for_those_who_hear_it(page: Page) -> None:
    nodes = page.tell("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    assert (roles.count("grid"), roles.count("gridcell")) == (1, len([*COMMITTED.cells]))
    names = {node["name"]["value"] for node in nodes if node["role"]["value"] == "gridcell" and not node["ignored"]}
    assert len(names) == len([*COMMITTED.cells])
    assert page.ask("document.querySelector('#count').matches('output')")


def test_dark_and_light_have_colours_of_their_own(page: Page) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        page.show(**{"prefers-color-scheme": scheme})
        style = "((one) => [getComputedStyle(document.body).backgroundColor, getComputedStyle(one).fill])"
        seen[scheme] = page.ask(f"{style}(document.querySelector('td svg.affected'))")
    assert seen == {
        "light": ["rgb(255, 255, 255)", "rgb(185, 58, 18)"],
        "dark": ["rgb(21, 24, 28)", "rgb(255, 138, 99)"],
    }


@pytest.mark.parametrize("view", ["", BACK, "verdict=flaky"])
def test_a_phone_scrolls_the_matrix_sideways_and_nothing_else(page: Page, view: str) -> None:
    page.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen(360, 740, mobile=True))
    page.open(view)
    assert page.ask("[document.documentElement.scrollWidth, innerWidth]") == [360, 360]
    wider = page.ask("document.getElementById('scroll').scrollWidth > document.getElementById('scroll').clientWidth")
    assert wider == (view != "verdict=flaky")


def test_paper_gets_the_picture_in_place_of_the_matrix(page: Page) -> None:
    page.show("print")
    shown = [page.one(selector).is_displayed() for selector in (".picture", "#scroll", ".controls")]
    assert shown == [True, False, False]


def test_without_a_script_the_matrix_and_the_ranges_are_still_there(page: Page) -> None:
    page.tell("Emulation.setScriptExecutionDisabled", value=True)
    page.open()
    try:
        assert len(page.chrome.find_elements(By.CSS_SELECTOR, "#matrix .line td svg")) == 206 * 8
        assert page.one("#matrix .line").is_displayed()
        assert "0.19.0 to 0.30.0, fixed in 0.31.0" in page.one(".ranges").text
        assert not page.one(".controls input").is_displayed()
        assert page.one(".controls svg.affected").is_displayed(), "the legend"
    finally:
        page.tell("Emulation.setScriptExecutionDisabled", value=False)


def test_hostile_evidence_is_text(page: Page, tmp_path: Path) -> None:
    line = COMMITTED.lines[0]
    seen = replace(line.cells[0].programs[0], evidence=HOSTILE)
    facts = replace(line.case.facts, title=HOSTILE.replace("`", ""))
    cells = (replace(line.cells[0], programs=(seen,), as_of="2026-11-20"), *line.cells[1:])
    hostile = replace(COMMITTED, lines=(replace(line, case=replace(line.case, facts=facts), cells=cells),))
    bad = Page(page.chrome, write(tmp_path, hostile))
    bad.open(f"at={line.case.name},{line.profile},{line.cells[0].release.version}")
    assert HOSTILE in bad.panel
    assert "Installed with it (period, as of 2026-11-20)" in bad.panel
    assert bad.chrome.title == "Documented Starlette bugs, run on every release"
    assert bad.chrome.find_elements(By.CSS_SELECTOR, "img, #panel b:not(.answer):not(:has(a))") == []
