"""The next chart, finalising, handing back, and the page after."""

from __future__ import annotations

import pytest

from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders
from tests.web.clients import signed_in
from tests.web.workspaces import Desk, desk, text_of

pytestmark = pytest.mark.django_db


def ready_to_finalise() -> Desk:
    at = desk()
    at.diagnosis("E1122")
    at.diagnosis("N1831")
    at.procedure("G0463")
    return at


def test_the_next_chart_is_handed_out_and_opened() -> None:
    at = desk()
    waiting = builders.encounter(at.practice)
    builders.document(waiting)
    builders.work_item(waiting)
    assert at.client.post("/chart/next/")["Location"] == f"/chart/{waiting.uid}/"
    assert WorkItem.objects.get(encounter=waiting).assigned_to == at.coder


def test_when_nothing_is_ready_the_worklist_says_so() -> None:
    at = desk()
    answer = at.client.post("/chart/next/", follow=True)
    assert answer.redirect_chain[-1][0] == "/worklist/"
    assert "Nothing is ready to code." in text_of(answer)


def test_finalising_leads_to_the_summary() -> None:
    at = ready_to_finalise()
    answer = at.post("finalise/")
    assert answer["HX-Redirect"] == at.url("done/")
    shown = text_of(at.get("done/"))
    assert "Coding is final" in shown
    assert "E11.22" in shown
    assert "Open next chart" in shown
    assert "Okafor" not in shown


def test_without_scripts_finalising_leads_there_too() -> None:
    at = ready_to_finalise()
    assert at.post("finalise/", htmx=False)["Location"] == at.url("done/")


def test_a_stop_keeps_it_open_and_says_why() -> None:
    at = desk()
    at.diagnosis("E1122")
    answer = at.post("finalise/")
    assert answer.status_code == 409
    assert "Not final: 1 stop left." in text_of(answer)
    assert CodingSummary.objects.count() == 0


def test_the_button_says_how_many_stops_are_left() -> None:
    assert "Finalise: 2 stops left" in text_of(desk().get())
    assert "Check and finalise" in text_of(ready_to_finalise().get())


def test_a_document_that_came_in_meanwhile_must_be_read_first() -> None:
    at = ready_to_finalise()
    listed = at.encounter.documents.count()
    builders.document(at.encounter, "Pathology: benign.", "Pathology")
    answer = at.post("finalise/", documents=listed)
    assert answer["HX-Redirect"] == at.url()
    assert CodingSummary.objects.count() == 0
    assert "A document came in while you were coding." in text_of(at.get())


def test_finalising_twice_makes_one_summary() -> None:
    at = ready_to_finalise()
    at.post("finalise/")
    assert at.post("finalise/")["HX-Redirect"] == at.url("done/")
    assert CodingSummary.objects.count() == 1


def test_opening_a_chart_that_is_final_shows_its_summary() -> None:
    at = ready_to_finalise()
    at.post("finalise/")
    assert at.get()["Location"] == at.url("done/")


def test_handing_back_gives_the_chart_to_others_and_keeps_the_codes() -> None:
    at = ready_to_finalise()
    answer = at.post("hand-back/", htmx=False)
    assert answer["Location"] == "/worklist/"
    item = WorkItem.objects.get(encounter=at.encounter)
    assert (item.state, item.assigned_to) == (WorkItem.State.READY, None)
    assert at.session.diagnoses.count() == 2


def test_nobody_sees_the_summary_of_a_chart_that_is_not_theirs() -> None:
    at = ready_to_finalise()
    at.post("finalise/")
    stranger = signed_in(builders.coder(at.practice, "Jo Stranger"))
    assert stranger.get(at.url("done/")).status_code == 404
    assert desk().get("done/").status_code == 404


def test_being_there_costs_nothing_and_says_nothing() -> None:
    answer = desk().client.post("/chart/present/")
    assert (answer.status_code, answer.content) == (204, b"")
