"""The walk of a coder from the first code to the summary."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.coding import actions, content
from charthouse.apps.coding.hooks import SummaryFinalised, summary_finalised
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.coding.selectors import latest_summary, summary
from charthouse.apps.worklists.models import WorkItem
from charthouse.kit import Money
from tests.apps.coding.desk import Desk


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """A clean visit: two diagnoses with evidence, one procedure."""
    desk.add("e1122", "N18.31", "G0463-25 x1 >1,2")
    first = desk.view().diagnoses[0]
    actions.attach_evidence(desk.coder, first.uid, desk.passage("Type 2 diabetes"))
    return desk


def test_the_screen_shows_what_was_coded(coded: Desk) -> None:
    view = coded.view()
    assert [(line.position, line.display) for line in view.diagnoses] == [(1, "E11.22"), (2, "N18.31")]
    assert view.diagnoses[0].title == "Type 2 diabetes mellitus with diabetic chronic kidney disease"
    assert [mark.label for mark in view.diagnoses[0].marks] == ["PDx"]
    assert [piece.quote for piece in view.diagnoses[0].evidence] == ["Type 2 diabetes"]
    assert view.diagnoses[0].evidence[0].document_uid == coded.note.uid
    line = view.procedures[0]
    assert (line.code, line.modifiers, line.units, line.pointers) == ("G0463", ("25",), 1, (1, 2))
    assert (line.service_date, line.title, line.price) == (date(2026, 11, 18), "Service G0463", Money(12_500))
    assert line.provider_name == "Lena Varga DO"
    assert view.findings == ()
    assert view.can_finalise
    assert view.undo_label == "Evidence for E11.22"
    assert view.revision == 4
    assert "FY 2027" in view.release


def test_final_coding_becomes_a_summary_that_says_everything(coded: Desk) -> None:
    made = actions.finalise(coded.coder, coded.session.uid, coded.view().revision)
    shown = summary(coded.coder, made.uid)
    assert shown.is_intact
    assert [line.code for line in shown.coding.diagnoses] == ["E1122", "N1831"]
    procedure = shown.coding.procedures[0]
    assert (procedure.code, procedure.system, procedure.units) == ("G0463", "hcpcs", 1)
    assert (procedure.modifiers, procedure.pointers) == (("25",), (1, 2))
    assert procedure.service_date == date(2026, 11, 18)
    assert procedure.provider == str(coded.encounter.provider.uid if coded.encounter.provider else "")
    assert shown.coding.diagnoses[0].evidence == (content.FinalEvidence(str(coded.note.uid), 0, 0, 15),)
    assert shown.coding.releases["icd-10-cm"].startswith("ICD-10-CM FY 2027")
    assert "HCPCS" in shown.coding.releases["hcpcs"]
    assert latest_summary(coded.coder, coded.encounter.uid).summary == made


def test_the_chart_leaves_the_worklist_and_closes(coded: Desk) -> None:
    actions.finalise(coded.coder, coded.session.uid, 4)
    item = WorkItem.objects.get(encounter=coded.encounter)
    assert item.state == WorkItem.State.CODED
    view = coded.view()
    assert view.is_final
    assert not view.can_finalise
    assert view.undo_label == ""
    assert view.diagnoses[0].evidence[0].quote == ""


def test_the_apps_above_hear_of_it_in_the_same_transaction(coded: Desk) -> None:
    heard: list[CodingSummary] = []

    def hear(event: SummaryFinalised) -> None:
        heard.append(event.summary)

    summary_finalised.register(hear)
    try:
        made = actions.finalise(coded.coder, coded.session.uid, 4)
    finally:
        summary_finalised._handlers.remove(hear)
    assert heard == [made]


def test_a_handler_that_fails_leaves_the_coding_open(coded: Desk) -> None:
    def fail(event: SummaryFinalised) -> None:
        raise RuntimeError("no claim")

    summary_finalised.register(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.finalise(coded.coder, coded.session.uid, 4)
    finally:
        summary_finalised._handlers.remove(fail)
    assert not CodingSummary.objects.exists()
    assert coded.view().can_finalise


def test_every_step_is_in_the_log_without_chart_text(coded: Desk) -> None:
    actions.finalise(coded.coder, coded.session.uid, 4)
    events = list(AuditEvent.objects.filter(verb__startswith="coding.").order_by("id"))
    assert [event.verb for event in events] == [
        "coding.session.opened",
        "coding.diagnosis.added",
        "coding.diagnosis.added",
        "coding.procedure.added",
        "coding.evidence.attached",
        "coding.summary.finalised",
    ]
    assert {event.subject for event in events} == {str(coded.encounter.patient.uid)}
    assert events[1].detail == {"code": "E1122", "position": 1, "revision": 1}
    assert "diabetes" not in " ".join(str(event.detail) for event in events)
    assert events[-1].detail["sha256"] == CodingSummary.objects.get().sha256
