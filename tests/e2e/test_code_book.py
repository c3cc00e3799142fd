"""The code book in a real browser: found while typing, opened, kept at hand, built axis by axis."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.e2e.walking import accessible, picture, sign_in

FARAH = "farah.linden@harborpoint.example"


def test_a_code_is_found_while_typing_opened_and_kept(page: Page, house: House) -> None:
    sign_in(page, house, FARAH)
    page.get_by_role("link", name="Code book").click()
    accessible(page)
    words = page.get_by_label("Code, words or shorthand")
    expect(words).to_be_focused()
    words.press_sequentially("copd exac")
    expect(page.get_by_role("link", name="J44.1")).to_be_visible()
    assert "copd" not in page.url
    accessible(page)
    picture(page, "code-book")
    page.get_by_role("link", name="J44.1").click()
    expect(page.get_by_role("heading", name="J44.1")).to_be_visible()
    accessible(page)
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Kept at hand")).to_be_visible()
    picture(page, "code-book-code")
    page.get_by_role("link", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="Favourites")).to_be_visible()
    _without_scripts_it_works_too(page, house)
    _an_inpatient_code_is_built(page)


def _without_scripts_it_works_too(page: Page, house: House) -> None:
    page.goto(f"{house.url}/codes/")
    page.get_by_label("Code, words or shorthand").fill("heart attack")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="I21.9")).to_be_visible()


def _an_inpatient_code_is_built(page: Page) -> None:
    page.get_by_role("link", name="Build ICD-10-PCS").click()
    for choice in ("Medical and surgical", "Gastrointestinal system", "Resection", "Appendix"):
        page.get_by_role("link", name=choice).first.click()
    accessible(page)
    picture(page, "code-book-building")
    for choice in ("Percutaneous endoscopic", "none", "none"):
        page.get_by_role("link", name=choice).first.click()
    expect(page.get_by_text("valid on")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_role("heading", name="Added on 1 Oct 2026")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Alphabetic Index").click()
    expect(page.get_by_text("not loaded for")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="What is loaded").first.click()
    expect(page.get_by_role("heading", name="Not loaded")).to_be_visible()
    accessible(page)
