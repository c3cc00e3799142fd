"""The walk: a coder at home signs, codes a chart by keyboard, the claim goes out, is paid in part, and comes back."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from tests.e2e.conftest import House
from tests.e2e.walking import PASSWORD, accessible, picture, sign_in, sign_out

NOOR = "noor.haddad@harborpoint.example"
BEA = "bea.thornquist@harborpoint.example"
PETRA = "petra.novak@harborpoint.example"

NOTE = b"""Patient: Quillfeather, Odette
MRN: 004-499-01
Born: 1971-06-30
Sex: F
Payer: Northstar Health Plan
Member: NS771042
Encounter: HP-26-19901
Kind: visit
Date: 2026-11-20

=== Visit note | progress-note | Rhea Adeyemi MD | 2026-11-20T10:15 | signed
ASSESSMENT AND PLAN:
Seasonal allergic rhinitis due to pollen. Saline rinse, nasal steroid as before.
"""
BILLION_LAUGHS = b"""<!DOCTYPE ClinicalDocument [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<ClinicalDocument>&b;</ClinicalDocument>"""


def test_the_walk(page: Page, house: House) -> None:
    _a_chart_comes_in(page, house)
    sign_out(page, house)
    _the_gate_is_closed_and_opens_by_signing(page, house)
    _the_next_chart_is_coded_by_keyboard(page)
    _a_mistake_is_stopped_and_mended(page)
    _finalising_makes_the_claim(page)
    sign_out(page, house)
    claim = _the_biller_sends_it(page, house)
    _the_payer_answers(page, house, claim)
    sign_out(page, house)
    _the_denial_comes_back_to_the_coder(page, house)
    assert "The log holds" in house.charthouse("audit", "verify")


def _a_chart_comes_in(page: Page, house: House) -> None:
    page.goto(f"{house.url}/sign-in/")
    accessible(page)
    sign_in(page, house, PETRA)
    page.get_by_role("link", name="Intake").click()
    accessible(page)
    page.get_by_label("Take in charts").set_input_files(
        [
            {"name": "visit.txt", "mimeType": "text/plain", "buffer": NOTE},
            {"name": "laughs.xml", "mimeType": "text/xml", "buffer": BILLION_LAUGHS},
        ]
    )
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.get_by_text("visit.txt was taken.")).to_be_visible()
    expect(page.get_by_text("laughs.xml was refused.")).to_be_visible()
    accessible(page)
    picture(page, "intake")


def _the_gate_is_closed_and_opens_by_signing(page: Page, house: House) -> None:
    sign_in(page, house, NOOR)
    expect(page.get_by_text("Charts are closed to you")).to_be_visible()
    expect(page.get_by_text("Stavros-Lunde")).to_have_count(0)
    page.get_by_role("link", name="See what is missing").click()
    expect(page.get_by_role("heading", name="You cannot open charts yet")).to_be_visible()
    accessible(page)
    picture(page, "gate")
    page.get_by_role("link", name="Read and sign").click()
    accessible(page)
    page.get_by_label("I have read the agreement").check()
    page.get_by_label("Your full name").fill("Noor Haddad")
    page.get_by_label("Confirm it is you").fill(PASSWORD)
    picture(page, "agreement")
    page.get_by_role("button", name="Sign version 1").click()
    expect(page.get_by_role("heading", name="You may open charts")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Worklist").click()
    expect(page.get_by_text("Quillfeather, Odette")).to_be_visible()
    accessible(page)
    picture(page, "worklist")


def _the_next_chart_is_coded_by_keyboard(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Stavros-Lunde")).to_be_visible()
    assert page.title() == "Chart · Charthouse"
    accessible(page)
    page.keyboard.press("a")
    page.keyboard.type("copd exac")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("J44.1")
    accessible(page)
    picture(page, "search")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Codes", exact=True)).to_contain_text("J44.1")
    _mark_and_use_as_evidence(page, "Acute exacerbation of COPD")
    _command(page, "a", "e1165")
    _mark_and_use_as_evidence(page, "Type 2 diabetes with hyperglycemia")
    _command(page, "a", "z794")
    _command(page, "a", "f17210")
    _mark_and_use_as_evidence(page, "Cigarette dependence")
    for service in ("G0463-25 x1 >1,2,4", "J7620 x2 >1", "J2919 x25 >3"):
        _command(page, "p", service)
    lines = page.get_by_role("region", name="Codes", exact=True)
    for shown in ("E11.65", "Z79.4", "F17.210", "G0463", "J7620", "J2919"):
        expect(lines).to_contain_text(shown)
    accessible(page)


def _a_mistake_is_stopped_and_mended(page: Page) -> None:
    _command(page, "a", "e1065")
    findings = page.get_by_label("Findings")
    expect(findings).to_contain_text("Stops")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Stavros-Lunde")).to_be_visible()
    accessible(page)
    picture(page, "workspace-stop")
    page.keyboard.press("u")
    expect(findings).not_to_contain_text("Stops")
    picture(page, "workspace")


def _finalising_makes_the_claim(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/done/")
    accessible(page)
    picture(page, "done")


def _the_biller_sends_it(page: Page, house: House) -> str:
    sign_in(page, house, BEA)
    expect(page.get_by_text("Stavros-Lunde")).to_be_visible()
    accessible(page)
    picture(page, "claims")
    row = page.get_by_role("row", name="Stavros-Lunde")
    claim = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    accessible(page)
    page.keyboard.press("s")
    expect(page.get_by_role("status").first).to_contain_text("outbox")
    return claim


def _the_payer_answers(page: Page, house: House, claim: str) -> None:
    heading = page.get_by_role("heading", name=claim)
    for _ in range(60):
        page.reload()
        if "Partly paid" in heading.inner_text():
            break
        page.wait_for_timeout(1000)
    expect(heading).to_contain_text("Partly paid")
    lines = page.get_by_role("region", name="Lines").or_(page.locator("section", has_text="adjustments by group")).first
    expect(lines).to_contain_text("Adds up")
    expect(lines.get_by_role("row", name="J2919")).to_contain_text("Denied")
    expect(page.get_by_text("999 accepted").first).to_be_visible()
    accessible(page)
    picture(page, "claim")
    page.goto(f"{house.url}/payments/denials/")
    expect(page.get_by_role("row", name=claim)).to_contain_text("CO-50")
    accessible(page)
    picture(page, "denials")
    page.goto(f"{house.url}/payments/remittances/")
    expect(page.get_by_text("Posted").first).to_be_visible()
    accessible(page)


def _the_denial_comes_back_to_the_coder(page: Page, house: House) -> None:
    sign_in(page, house, NOOR)
    page.get_by_role("link", name="Findings").click()
    finding = page.locator("article", has_text="J2919")
    expect(finding).to_contain_text("CO-50")
    accessible(page)
    picture(page, "findings")
    finding.get_by_role("button", name="Agree").click()
    expect(page.locator("article", has_text="J2919")).to_contain_text("Agreed")


def _command(page: Page, key: str, text: str) -> None:
    """Type into the command line, wait until it has been taken."""
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    field = page.locator("#cmd")
    expect(field).to_be_focused()
    field.fill("")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(field).to_have_value("")


def _mark_and_use_as_evidence(page: Page, words: str) -> None:
    """Drag the mouse over words of the note, then press e."""
    place = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector(".reading"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const start = walker.currentNode.data.indexOf(words);
                if (start < 0) continue;
                walker.currentNode.parentElement.scrollIntoView({ block: "center" });
                const range = document.createRange();
                range.setStart(walker.currentNode, start);
                range.setEnd(walker.currentNode, start + words.length);
                const box = range.getBoundingClientRect();
                return [box.left + 1, box.right - 1, box.top + box.height / 2];
            }
        }""",
        words,
    )
    assert place, f"the note does not say {words}"
    left, right, middle = place
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=8)
    page.mouse.up()
    expect(page.locator("#offer q")).to_contain_text(words)
    page.keyboard.press("e")
    expect(page.locator(".reading mark", has_text=words)).to_be_visible()


def test_nothing_of_a_patient_stays_in_the_browser(page: Page, house: House) -> None:
    sign_in(page, house, "kofi.abara@harborpoint.example")
    page.get_by_role("link", name="Ready to code").click()
    page.get_by_role("button", name="Take").first.click()
    expect(page.get_by_role("region", name="Codes", exact=True)).to_be_visible()
    name = page.get_by_role("heading", level=1).inner_text().split(",")[0]
    assert name
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    assert name not in stored
    assert name not in json.dumps([cookie["value"] for cookie in page.context.cookies()])
    page.keyboard.press("Control+l")
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    assert name not in page.content()
    accessible(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    assert name not in page.content()
