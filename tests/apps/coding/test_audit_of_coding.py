"""Every change of coding is one event: its verb, whose chart, and codes; never words of the chart or names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from charthouse.apps.audit.context import Actor, acting_as
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.coding import actions
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.core.errors import ActionError
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders
from tests.apps.coding.desk import NOTE, Desk

Change = Callable[[Desk], object]


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """Two diagnoses, one with evidence, and a procedure."""
    desk.add("E11.22", "N18.31", "G0463")
    actions.attach_evidence(desk.coder, desk.session.diagnoses.all()[0].uid, desk.passage("Type 2 diabetes"))
    return desk


def _first(desk: Desk) -> actions.Passage:
    return desk.passage("stage 3a")


CHANGES: dict[str, tuple[Change, dict[str, object]]] = {
    "coding.diagnosis.added": (lambda desk: desk.add("I10"), {"code": "I10", "position": 3}),
    "coding.diagnosis.replaced": (
        lambda desk: actions.replace_diagnosis(desk.coder, desk.session.diagnoses.all()[0].uid, "E11.21"),
        {"code": "E1121", "instead_of": "E1122", "position": 1},
    ),
    "coding.diagnosis.removed": (
        lambda desk: actions.remove_diagnosis(desk.coder, desk.session.diagnoses.all()[0].uid),
        {"code": "E1122", "position": 1},
    ),
    "coding.diagnosis.moved": (
        lambda desk: actions.move_diagnosis(desk.coder, desk.session.diagnoses.all()[1].uid, 1),
        {"code": "N1831", "position": 1, "from": 2},
    ),
    "coding.diagnosis.poa_set": (
        lambda desk: actions.set_poa(desk.coder, desk.session.diagnoses.all()[0].uid, "n"),
        {"code": "E1122", "position": 1, "poa": "N"},
    ),
    "coding.procedure.added": (lambda desk: desk.add("J1885 x2"), {"code": "J1885", "position": 2}),
    "coding.procedure.changed": (
        lambda desk: actions.change_procedure(desk.coder, desk.session.procedures.get().uid, units=2, modifiers=["25"]),
        {"code": "G0463", "position": 1, "changed": ["modifiers", "units"]},
    ),
    "coding.procedure.pointed": (
        lambda desk: actions.set_pointers(desk.coder, desk.session.procedures.get().uid, [2]),
        {"code": "G0463", "position": 1, "pointers": [2]},
    ),
    "coding.procedure.removed": (
        lambda desk: actions.remove_procedure(desk.coder, desk.session.procedures.get().uid),
        {"code": "G0463", "position": 1},
    ),
    "coding.change.undone": (
        lambda desk: actions.undo(desk.coder, desk.session.uid),
        {"label": "Evidence for E11.22"},
    ),
}


@pytest.mark.parametrize("verb", CHANGES)
def test_a_change_is_one_event_of_its_verb(verb: str, coded: Desk) -> None:
    attempt, detail = CHANGES[verb]
    before = AuditEvent.objects.count()
    attempt(coded)
    event = AuditEvent.objects.order_by("-id")[0]
    assert AuditEvent.objects.count() == before + 1
    assert event.verb == verb
    assert (event.object_type, event.object_id) == ("coding.CodingSession", str(coded.session.uid))
    assert event.subject == str(coded.encounter.patient.uid)
    assert event.detail == detail | {"revision": 5}


def test_evidence_is_named_by_its_document_and_not_by_its_words(coded: Desk) -> None:
    line = coded.session.diagnoses.all()[1]
    actions.attach_evidence(coded.coder, line.uid, _first(coded))
    event = AuditEvent.objects.order_by("-id")[0]
    assert event.verb == "coding.evidence.attached"
    assert event.detail == {"code": "N1831", "position": 2, "document": str(coded.note.uid), "revision": 5}


def test_taking_evidence_off_names_the_piece(coded: Desk) -> None:
    piece = coded.session.evidence.get()
    actions.remove_evidence(coded.coder, piece.uid)
    event = AuditEvent.objects.order_by("-id")[0]
    assert (event.verb, event.detail) == ("coding.evidence.removed", {"evidence": str(piece.uid), "revision": 5})


def test_a_mend_is_recorded_as_the_change_it_is(coded: Desk) -> None:
    coded.add("Q3014")
    actions.apply_mend(coded.coder, coded.session.uid, coded.finding("coding.no-price").key)
    assert AuditEvent.objects.order_by("-id")[0].verb == "coding.procedure.removed"


def test_opening_is_recorded_once_and_going_on_is_not(desk: Desk) -> None:
    actions.open_session(desk.coder, desk.encounter.uid)
    event = AuditEvent.objects.get(verb="coding.session.opened")
    assert event.subject == str(desk.encounter.patient.uid)
    assert event.object_id == str(desk.session.uid)


def test_a_take_over_is_recorded_with_the_one_who_takes_over(coded: Desk) -> None:
    follower = builders.coder(coded.organization, "Sam Other")
    WorkItem.objects.update(assigned_to=follower)
    with acting_as(Actor(str(follower.uid), follower.full_name)):
        actions.open_session(follower, coded.encounter.uid)
    event = AuditEvent.objects.get(verb="coding.session.taken_over")
    assert (event.actor, event.object_id) == (str(follower.uid), str(coded.session.uid))


def test_final_coding_is_recorded_with_its_digest_and_the_end_of_the_work(coded: Desk) -> None:
    made = actions.finalise(coded.coder, coded.session.uid, 4)
    event = AuditEvent.objects.get(verb="coding.summary.finalised")
    assert event.subject == str(coded.encounter.patient.uid)
    assert event.object_id == str(made.uid)
    assert event.detail == {"version": 1, "sha256": made.sha256, "diagnoses": 2, "procedures": 1}
    assert AuditEvent.objects.filter(verb="worklists.item.coded").count() == 1
    assert AuditEvent.objects.filter(verb="billing.claim.made").count() == 1


def test_no_event_holds_a_word_of_the_chart_or_a_name(coded: Desk) -> None:
    actions.finalise(coded.coder, coded.session.uid, 4)
    patient = coded.encounter.patient
    told = " ".join(f"{event.detail} {event.reason} {event.subject}" for event in AuditEvent.objects.all())
    words = [patient.family_name, patient.given_name, patient.mrn, patient.birth_date_text, coded.encounter.number]
    for word in [*words, "TM123456", "diabetes", *NOTE.split(".")[0].split(" with ")]:
        assert word not in told


@pytest.mark.parametrize(
    "attempt",
    [
        lambda desk: desk.add("E11.999"),
        lambda desk: desk.add("G0463 >9"),
        lambda desk: desk.add("J1885 @2020-01-01"),
        lambda desk: actions.move_diagnosis(desk.coder, desk.session.diagnoses.all()[0].uid, 99),
        lambda desk: actions.set_poa(desk.coder, desk.session.diagnoses.all()[0].uid, "Q"),
        lambda desk: actions.finalise(desk.coder, desk.session.uid, 3),
        lambda desk: actions.apply_mend(desk.coder, desk.session.uid, "gone"),
    ],
)
def test_a_refused_change_is_no_event_and_no_revision(attempt: Change, coded: Desk) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(ActionError):
        attempt(coded)
    assert AuditEvent.objects.count() == before
    assert CodingSession.objects.get().revision == 4


@pytest.mark.parametrize(
    "attempt",
    [
        lambda desk: actions.replace_diagnosis(desk.coder, desk.session.diagnoses.all()[0].uid, "E1122"),
        lambda desk: actions.move_diagnosis(desk.coder, desk.session.diagnoses.all()[1].uid, 2),
        lambda desk: actions.set_poa(desk.coder, desk.session.diagnoses.all()[0].uid, ""),
        lambda desk: actions.change_procedure(desk.coder, desk.session.procedures.get().uid, units=1),
        lambda desk: actions.change_procedure(desk.coder, desk.session.procedures.get().uid),
        lambda desk: actions.set_pointers(desk.coder, desk.session.procedures.get().uid, [1]),
        lambda desk: actions.attach_evidence(
            desk.coder, desk.session.diagnoses.all()[0].uid, desk.passage("Type 2 diabetes")
        ),
    ],
)
def test_what_changes_nothing_is_no_event_and_no_step_to_undo(attempt: Change, coded: Desk) -> None:
    before = AuditEvent.objects.count()
    attempt(coded)
    assert AuditEvent.objects.count() == before
    assert CodingSession.objects.get().revision == 4
    assert coded.view().undo_label == "Evidence for E11.22"
