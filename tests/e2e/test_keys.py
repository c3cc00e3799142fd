"""Keys of somebody who types faster than the server answers: each acts in order, once, whatever is under way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import House, _free_port, _wait_for
from tests.e2e.walking import PASSWORD, sign_in

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

KOFI = "kofi.abara@harborpoint.example"
SLOW = 100  # milliseconds a request takes at least: every change is still under way when the next key comes
IDLE = 6  # seconds


@contextmanager
def _serving(data: Path, **more: str) -> Iterator[House]:
    """A web server on a data folder that has its demo."""
    port = _free_port()
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment = {**kept, "CHARTHOUSE_DATA": str(data), "CHARTHOUSE_DEMO": "1", **more}
    one = House(f"http://localhost:{port}", environment)
    if not any(data.iterdir()):
        one.charthouse("migrate")
        one.charthouse("demo")
    command = [sys.executable, "-m", "charthouse.cli.main", "serve", "--web-only", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, server)
        yield one
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of these tests alone: they take charts the walk wants to find."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def house(data: Path) -> Iterator[House]:
    """A house whose worklist nobody has touched."""
    with _serving(data) as one:
        yield one


@pytest.fixture(scope="module")
def cookies(browser: Browser, house: House) -> list[SetCookieParam]:
    """Kofi, signed in once; a code of the authenticator works once only."""
    context = browser.new_context()
    sign_in(context.new_page(), house, KOFI)
    kept: list[SetCookieParam] = [
        {"name": one["name"], "value": one["value"], "domain": "localhost", "path": "/"} for one in context.cookies()
    ]
    context.close()
    return kept


@pytest.fixture
def worklist(page: Page, house: House, cookies: list[SetCookieParam]) -> Page:
    """Kofi before the worklist, at the end of a slow line."""
    page.context.add_cookies(cookies)
    page.goto(f"{house.url}/worklist/")
    expect(page.locator("html[data-ready]")).to_be_attached()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": SLOW, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    return page


@pytest.fixture
def chart(worklist: Page) -> Page:
    """The next chart, with three diagnoses: E11.65, Z79.4 and I10."""
    _press(worklist, "n")
    expect(worklist.locator("html[data-ready] #cmd")).to_be_visible()
    _press(worklist, "a", *"e1165", "Enter", *"z794", "Enter", *"i10", "Enter", "Escape")
    _expect_codes(worklist, "E1165", "Z794", "I10")
    return worklist


def _press(page: Page, *keys: str) -> None:
    """Press one key after the other without waiting for anything."""
    for key in keys:
        page.keyboard.press(key)


def _expect_codes(page: Page, *codes: str) -> None:
    """These lines and no other stand on the chart, and nothing is under way that could change them."""
    rows = page.locator("#codes-body tr[data-line]")
    expect(rows).to_have_count(len(codes))
    for place, code in enumerate(codes):
        expect(rows.nth(place)).to_have_attribute("data-code", code)
    page.wait_for_load_state("networkidle")
    assert rows.evaluate_all("rows => rows.map((row) => row.dataset.code)") == list(codes)


def test_documents_are_turned_as_often_as_the_key_is_pressed(worklist: Page) -> None:
    worklist.get_by_role("link", name="Ready to code").click()
    worklist.get_by_role("row", name="Hollingbrook").get_by_role("button", name="Take").click()
    expect(worklist.locator("a.doc")).to_have_count(4)
    place = worklist.locator("#reader-turn")
    expect(place).to_contain_text("2 of 4")
    _press(worklist, "j", "j", "k", "k", "k", "j", "j")
    expect(place).to_contain_text("3 of 4")


def test_keys_pressed_while_the_chart_is_coming_act_on_it(worklist: Page) -> None:
    _press(worklist, "n", "a", *"j441", "Enter")
    _expect_codes(worklist, "J441")
    _press(worklist, "Escape", "p", *"G0463 x1 >1", "Enter")
    _expect_codes(worklist, "J441", "G0463")
    _press(worklist, "Escape", "Control+Enter", "n", "a", *"i10", "Enter")
    _expect_codes(worklist, "I10")
    assert worklist.evaluate("sessionStorage.getItem('charthouse-keys')") is None


def test_keys_pressed_before_the_scripts_are_there_act_when_they_are(chart: Page) -> None:
    late: list[Route] = []

    def stop(route: Route) -> None:
        late.append(route)

    chart.route("**/main.*.js", stop)
    chart.goto(chart.url, wait_until="commit")
    expect(chart.locator("#cmd")).to_be_visible()
    while not (late and chart.evaluate("'charthouseKeys' in window")):
        chart.wait_for_timeout(20)
    _press(chart, "a", *"f17211", "Backspace", "0", "Enter", "Escape", "1", "Delete")
    expect(chart.locator("html[data-ready]")).to_have_count(0)
    late.pop().continue_()
    _expect_codes(chart, "Z794", "I10", "F17210")


def test_undo_right_after_a_refused_finalise_takes_the_last_change_back(chart: Page) -> None:
    _press(chart, "Control+Enter", "u", "u")
    _expect_codes(chart, "E1165")
    expect(chart.locator("#cmd-note")).to_contain_text("Taken back: Added Z79.4")


def test_each_move_moves_by_one(chart: Page) -> None:
    _press(chart, "1", "Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowUp")
    _expect_codes(chart, "Z794", "E1165", "I10")


def test_removing_twice_removes_the_chosen_one_and_the_next(chart: Page) -> None:
    _press(chart, "1", "Delete", "Delete")
    _expect_codes(chart, "I10")
    _press(chart, "u", "u")
    _expect_codes(chart, "E1165", "Z794", "I10")


def test_a_mend_can_be_taken_back_at_once(chart: Page) -> None:
    _press(chart, "a", *"e1065", "Enter", "Escape", "Alt+1", "u", "Control+Enter")
    _expect_codes(chart, "E1165", "Z794", "I10", "E1065")
    expect(chart.locator("#cmd-note")).to_contain_text("Not final")


def test_a_long_press_removes_one_code(chart: Page) -> None:
    chart.keyboard.down("Delete")
    chart.keyboard.down("Delete")  # what the keyboard sends while a key is held
    chart.keyboard.down("Delete")
    chart.keyboard.up("Delete")
    _expect_codes(chart, "E1165", "Z794")


def test_words_chosen_right_after_adding_a_code_become_evidence_of_that_code(chart: Page) -> None:
    _press(chart, "a", *"f17210", "Enter")
    chart.locator("#reading .para").first.dblclick(position={"x": 20, "y": 8})
    _press(chart, "e")
    supported = chart.locator("#codes-body tr[data-code=F17210]")
    expect(supported.locator(".ev")).to_contain_text("1 passage")
    expect(chart.locator("#reading mark.on").first).to_be_visible()


def test_a_click_on_something_that_is_being_replaced_counts(chart: Page) -> None:
    chart.locator("a[data-choose]").nth(1).click()
    remove = chart.locator("tr.tools:not([hidden]) [data-key=Delete]")
    _press(chart, "Control+Enter")
    remove.click(no_wait_after=True)
    _expect_codes(chart, "E1165", "I10")


def test_when_nobody_is_there_every_tab_hides_its_chart(page: Page, data: Path, cookies: list[SetCookieParam]) -> None:
    page.context.add_cookies(cookies)
    with _serving(data, CHARTHOUSE_IDLE_SECONDS=str(IDLE)) as short:
        page.goto(f"{short.url}/worklist/")
        if "/locked/" not in page.url:
            page.keyboard.press("Control+l")
        _unlock(page)
        page.keyboard.press("n")
        expect(page.locator("#codes")).to_be_visible()
        name, chart = page.get_by_role("heading", level=1).inner_text().split(",")[0], page.url
        other = page.context.new_page()
        other.goto(chart)
        expect(other.locator("#codes")).to_be_visible()
        for tab in (page, other):
            tab.wait_for_url("**/locked/**", timeout=IDLE * 3000)
            expect(tab.get_by_role("heading", name="Locked")).to_be_visible()
            assert name not in tab.content()
        _unlock(page)
        page.wait_for_url(chart)
        other.goto(chart)
        page.keyboard.press("Control+l")
        expect(other.get_by_role("heading", name="Locked")).to_be_visible()


def _unlock(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("html[data-ready]")).to_be_attached()
