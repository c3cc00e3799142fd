"""Steps of the walk that several tests take: signing in, looking, taking pictures, holding axe against a page."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House

PASSWORD = "harbor point demo"
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def sign_in(page: Page, house: House, email: str) -> None:
    """Sign in as somebody of the demo. A code works once: wait for the next one when it was used."""
    page.goto(f"{house.url}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    for _ in range(10):
        page.get_by_label("6-digit code").fill(house.charthouse("demo-code", email))
        page.get_by_role("button", name="Continue").click()
        page.wait_for_load_state()
        if "/sign-in/" not in page.url:
            break
        page.wait_for_timeout(5000)
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()


def sign_out(page: Page, house: House) -> None:
    """Sign out."""
    page.goto(f"{house.url}/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def accessible(page: Page) -> None:
    """Axe finds nothing on this page."""
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()


def picture(page: Page, name: str) -> None:
    """Keep a screenshot for the documentation, when asked to (CHARTHOUSE_PICTURES=1)."""
    if os.environ.get("CHARTHOUSE_PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        # The caret as it is: hiding it would inject a style, which the content security policy refuses.
        page.screenshot(path=PICTURES / f"{name}.png", caret="initial")
