"""Opening a chart, turning documents, finding words, attached files."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.models import Document
from tests.apps import builders
from tests.web.clients import signed_in
from tests.web.workspaces import HTMX, Desk, desk, fact, text_of

pytestmark = pytest.mark.django_db


def unsigned(at: Desk, text: str, title: str) -> None:
    Document.objects.filter(pk=builders.document(at.encounter, text, title).pk).update(is_signed=False)


def test_a_chart_opens_with_its_patient_document_and_empty_codes() -> None:
    shown = text_of(desk().get())
    for words in (
        "Okafor, Maren T.",
        "Test Practice",
        "Progress note",
        "Insulin glargine",
        "No diagnosis yet",
    ):
        assert words in shown


def test_the_title_of_the_window_names_no_patient() -> None:
    assert "<title>Chart · Charthouse</title>" in desk().get().content.decode()


def test_opening_is_in_the_log() -> None:
    at = desk()
    at.get()
    assert AuditEvent.objects.filter(verb="charts.chart.opened").count() == 1


def test_documents_stand_in_groups_those_waiting_for_a_signature_first() -> None:
    at = desk()
    unsigned(at, "Draft.", "Nephrology consult")
    fact(at.encounter, "problem", "Gout", date(2020, 1, 1))
    shown = text_of(at.get())
    places = [
        shown.index(words)
        for words in ("Waits for a signature", "Nephrology consult", "Signed", "Compiled", "Problem list")
    ]
    assert places == sorted(places)


def test_the_newest_signed_document_is_read_first() -> None:
    at = desk()
    unsigned(at, "Draft words.", "Consult")
    page = at.get().content.decode()
    assert f'data-document="{at.note.uid}" hx-get' in page
    assert "Draft words." not in page


def test_a_document_that_came_since_the_last_reading_is_new() -> None:
    at = desk()
    at.get()
    builders.document(at.encounter, "Late words.", "Addendum")
    assert "data-new" in at.get().content.decode()
    assert "data-new" not in at.get().content.decode()


def test_the_strip_says_live_problems_allergies_and_how_much_there_is_besides() -> None:
    at = desk()
    fact(at.encounter, "problem", "Gout", date(2020, 1, 1))
    fact(at.encounter, "problem", "Measles", status="resolved")
    fact(at.encounter, "allergy", "Sulfa")
    fact(at.encounter, "medication", "Torsemide")
    shown = text_of(at.get())
    strip = shown[shown.index("Problems") : shown.index("Documents") if "Documents" in shown else None]
    assert "Gout 2020" in strip
    assert "Measles" not in strip
    assert "Allergies: Sulfa" in strip
    assert "Meds 1" in strip


def test_htmx_gets_only_what_changes_when_a_document_is_turned() -> None:
    at = desk()
    other = builders.document(at.encounter, "Chest film clear.", "Radiology")
    answer = at.get(f"document/{other.uid}/", htmx=True)
    page = answer.content.decode()
    assert "Chest film clear." in page
    assert 'id="reader-title" hx-swap-oob' in page
    assert "<html" not in page


def test_without_scripts_a_document_is_a_page() -> None:
    at = desk()
    other = builders.document(at.encounter, "Chest film clear.", "Radiology")
    page = at.get(f"document/{other.uid}/").content.decode()
    assert "Chest film clear." in page
    assert "<html" in page


def test_compiled_facts_are_read_like_a_document() -> None:
    at = desk()
    fact(at.encounter, "problem", "Gout", date(2020, 1, 1))
    assert "Gout active 1 Jan 2020" in text_of(at.get("facts/problem/"))


@pytest.mark.parametrize("rest", ["facts/nonsense/", "document/00000000-0000-0000-0000-000000000000/"])
def test_what_the_chart_does_not_hold_is_not_found(rest: str) -> None:
    assert desk().get(rest).status_code == 404


def test_a_place_that_was_found_is_shown_in_its_document() -> None:
    at = desk()
    page = at.get(f"document/{at.note.uid}/?at=0-55-62", htmx=True).content.decode()
    assert '<mark class=" here" data-lines="">Insulin</mark>' in page


@pytest.mark.parametrize("place", ["", "1", "a-b-c", "0-9-", "0-999999999999-2", "٣-1-2"])
def test_nonsense_for_a_place_is_no_place(place: str) -> None:
    at = desk()
    answer = at.get(f"document/{at.note.uid}/?at={place}")
    assert answer.status_code == 200
    assert "here" not in [piece for piece in answer.content.decode().split('"') if piece.strip() == "here"]


def test_words_are_found_in_the_whole_chart_and_can_be_evidence() -> None:
    at = desk()
    builders.document(at.encounter, "Insulin held before surgery.", "Anesthesia")
    page = text_of(at.post("find/", words="insulin"))
    assert "2 places for “insulin”" in page
    assert "Anesthesia" in page
    assert "Evidence for" in page


def test_what_is_looked_for_in_a_chart_stays_out_of_addresses() -> None:
    at = desk()
    assert at.get("find/?words=insulin").status_code == 405


def test_without_scripts_finding_gives_the_page_with_its_places() -> None:
    page = text_of(desk().post("find/", htmx=False, words="kidney"))
    assert "1 place for “kidney”" in page
    assert "Insulin glargine" in page


def test_an_attached_pdf_is_shown_and_anything_else_is_saved_not_run() -> None:
    at = desk()
    Document.objects.filter(pk=at.note.pk).update(attachment_type="application/pdf")
    note = Document.objects.get(pk=at.note.pk)
    note.attachment = b"%PDF-1.4"
    note.save()
    shown = at.get(f"document/{note.uid}/file/")
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    Document.objects.filter(pk=note.pk).update(attachment_type="text/html")
    saved = at.get(f"document/{note.uid}/file/")
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment")


def test_somebody_elses_chart_and_an_unknown_one_look_the_same() -> None:
    at = desk()
    stranger = signed_in(builders.coder(at.practice, "Jo Stranger"))
    unknown = "/chart/00000000-0000-0000-0000-000000000000/"
    assert stranger.get(at.url()).status_code == stranger.get(unknown).status_code == 404


def test_a_manager_reads_the_chart_but_has_no_codes_to_change() -> None:
    at = desk()
    manager = signed_in(builders.person(Role.MANAGER, at=at.practice, remote=False))
    shown = text_of(manager.get(at.url()))
    assert "Insulin glargine" in shown
    assert "You read this chart" in shown
    assert manager.post(at.url("add/"), {"q": "e1122"}, **HTMX).status_code == 404


def test_a_remote_coder_without_signatures_gets_the_gate_and_no_patient() -> None:
    at = desk()
    remote = builders.person(Role.CODER, at=at.practice, remote=True)
    builders.agreement(at.practice, "confidentiality")
    at.encounter.work_item.assigned_to = remote
    at.encounter.work_item.save()
    answer = signed_in(remote).get(at.url())
    assert answer.status_code == 403
    assert "Okafor" not in answer.content.decode()


def test_the_list_tells_documents_of_one_day_apart_by_the_time() -> None:
    at = desk()
    uid = Document.objects.get(pk=at.note.pk).uid
    Document.objects.filter(uid=uid).update(written_at=datetime(2026, 11, 9, 18, 20, tzinfo=UTC))
    assert re.search(r"<small><span>9 Nov</span>", at.get().content.decode())
    other = builders.document(at.encounter, "Second.", "Consult")
    Document.objects.filter(pk=other.pk).update(written_at=datetime(2026, 11, 9, 20, 5, tzinfo=UTC))
    assert len(re.findall(r"<small><span>9 Nov \d\d:\d\d</span>", at.get().content.decode())) == 2
