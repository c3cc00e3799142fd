"""Opening a chart: policy, gate, one event, then text; a refusal says nothing and is kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.models import ClinicalFact, Encounter
from charthouse.apps.charts.selectors import open_attachment, open_chart, readable_encounter, section_text
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.gate import GateClosed
from tests.apps import builders

pytestmark = pytest.mark.django_db
OPENED, REFUSED = "charts.chart.opened", "charts.chart.refused"


@pytest.fixture
def at() -> Organization:
    return builders.organization()


@pytest.fixture
def noor(at: Organization) -> Person:
    return builders.remote_coder(at)


@pytest.fixture
def visit(at: Organization, noor: Person) -> Encounter:
    made = builders.encounter(at)
    builders.document(made)
    builders.assigned(made, noor)
    return made


def events(verb: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb=verb))


def test_the_assigned_coder_reads_the_chart(noor: Person, visit: Encounter) -> None:
    builders.coverage(visit.patient, None)
    chart = open_chart(noor, visit.uid, "coding")
    assert chart.patient.name == "Okafor, Maren T."
    assert chart.patient.age == 67
    assert chart.documents[0].sections[0].text == "Patient has type 2 diabetes."
    assert len(chart.coverages) == 1
    assert chart.document(str(chart.documents[0].uid)) is chart.documents[0]


def test_every_opening_is_exactly_one_event_with_reader_patient_and_reason(noor: Person, visit: Encounter) -> None:
    open_chart(noor, str(visit.uid), "coding")
    (event,) = events(OPENED)
    assert (event.actor, event.object_id) == (str(noor.uid), str(visit.uid))
    assert (event.subject, event.reason) == (str(visit.patient.uid), "coding")
    open_chart(noor, visit.uid)
    assert len(events(OPENED)) == 2
    assert not events(REFUSED)


def test_if_the_event_cannot_be_written_there_is_no_chart(
    noor: Person, visit: Encounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("charthouse.apps.charts.selectors.opening.record", broken)
    with pytest.raises(OSError, match="disk"):
        open_chart(noor, visit.uid)


def another_organizations(visit: Encounter) -> tuple[Person, object]:
    return builders.remote_coder(builders.organization()), visit.uid


def not_assigned(visit: Encounter) -> tuple[Person, object]:
    return builders.remote_coder(visit.organization, "Kofi Abara"), visit.uid


def unknown(visit: Encounter) -> tuple[Person, object]:
    return visit.work_item.assigned_to, uuid.uuid4()


def nonsense(visit: Encounter) -> tuple[Person, object]:
    return visit.work_item.assigned_to, "1 OR 1=1"


@pytest.mark.parametrize("case", [another_organizations, not_assigned, unknown, nonsense])
def test_unknown_foreign_and_not_assigned_look_the_same_and_are_recorded(
    case: Callable[[Encounter], tuple[Person, str]], visit: Encounter
) -> None:
    person, uid = case(visit)
    with pytest.raises(Denied) as denied:
        open_chart(person, uid)
    assert (type(denied.value), denied.value.message) == (Denied, "There is no such chart in your worklist.")
    assert denied.value.code == "charts.not-found"
    (event,) = events(REFUSED)
    assert event.actor == str(person.uid)
    assert not events(OPENED)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BILLER, Role.COMPLIANCE, Role.IT_ADMIN, Role.PROVIDER, Role.HR])
def test_other_roles_open_no_charts(role: Role, at: Organization, visit: Encounter) -> None:
    with pytest.raises(Denied):
        open_chart(builders.person(role, at=at, remote=False), visit.uid)


def test_a_manager_opens_every_chart_of_the_organization_and_none_of_another(
    at: Organization, visit: Encounter
) -> None:
    manager = builders.person(Role.MANAGER, at=at, remote=False)
    assert open_chart(manager, visit.uid).documents
    with pytest.raises(Denied):
        open_chart(builders.person(Role.MANAGER, at=builders.organization(), remote=False), visit.uid)


def test_a_new_agreement_closes_the_chart_until_it_is_signed(at: Organization, noor: Person, visit: Encounter) -> None:
    newer = builders.agreement(at, "confidentiality", today())
    with pytest.raises(GateClosed) as closed:
        open_chart(noor, visit.uid)
    assert closed.value.decision.reasons[0].code == "program.unsigned-confidentiality"
    assert [event.detail["why"] for event in events(REFUSED)] == ["gate"]
    builders.signature(noor, newer)
    assert open_chart(noor, visit.uid).documents


def test_somebody_not_assigned_is_not_told_about_the_gate(at: Organization, visit: Encounter) -> None:
    unsigned = builders.person(Role.CODER, at=at)
    with pytest.raises(Denied) as denied:
        open_chart(unsigned, visit.uid)
    assert not isinstance(denied.value, GateClosed)


def test_a_chart_closes_when_the_work_is_coded_or_handed_back(noor: Person, visit: Encounter) -> None:
    for state in ("coded", "ready"):
        visit.work_item.state = state
        visit.work_item.save()
        with pytest.raises(Denied):
            open_chart(noor, visit.uid)


def test_only_documents_of_this_encounter_and_of_the_patient_as_a_whole_are_shown(
    at: Organization, noor: Person, visit: Encounter
) -> None:
    other = builders.encounter(at, of=visit.patient)
    builders.document(other, title="Another visit")
    loose = builders.document(visit, title="Advance directive")
    loose.encounter = None
    loose.save()
    titles = {document.title for document in open_chart(noor, visit.uid).documents}
    assert titles == {"Progress note", "Advance directive"}


def fact(of: Encounter, kind: str, label: str, on: date | None, **changes: object) -> None:
    content = {"label": label, "codes": [["icd-10-cm", "E119"]], "value": "", "status": "active"}
    ClinicalFact.objects.create(
        **{"patient": of.patient, "encounter": of, "kind": kind, "on": on, "content": content, **changes}
    )


def test_facts_are_those_of_the_encounter_and_the_lasting_ones_known_by_then(
    at: Organization, noor: Person, visit: Encounter
) -> None:
    earlier = builders.encounter(at, of=visit.patient, on=date(2025, 1, 1))
    fact(visit, "result", "Here", date(2026, 11, 19))
    fact(earlier, "result", "Elsewhere", date(2025, 1, 1))
    fact(earlier, "problem", "Known before", date(2025, 1, 1))
    fact(earlier, "problem", "Found later", date(2026, 12, 1))
    fact(visit, "allergy", "Undated", None, encounter=None)
    facts = open_chart(noor, visit.uid).facts
    assert {kind: [one.label for one in found] for kind, found in facts.items()} == {
        "allergy": ["Undated"],
        "problem": ["Known before"],
        "result": ["Here"],
    }
    assert facts["problem"][0].codes[0].display == "E11.9"


def test_what_came_after_the_last_reading_is_new(noor: Person, visit: Encounter) -> None:
    assert not any(document.is_new for document in open_chart(noor, visit.uid).documents)
    builders.document(visit, title="Late pathology")
    assert [d.title for d in open_chart(noor, visit.uid).documents if d.is_new] == ["Late pathology"]
    assert not any(document.is_new for document in open_chart(noor, visit.uid).documents)


def test_an_attachment_needs_the_same_and_has_an_event_of_its_own(
    at: Organization, noor: Person, visit: Encounter
) -> None:
    document = builders.document(visit, title="Scan")
    document.attachment, document.attachment_type = b"%PDF-1.7", "application/pdf"
    document.save()
    opened = open_attachment(noor, document.uid)
    assert (opened.content, opened.media_type) == (b"%PDF-1.7", "application/pdf")
    assert [event.detail["document"] for event in events("charts.attachment.opened")] == [str(document.uid)]
    for person in (builders.remote_coder(at, "Kofi Abara"), builders.remote_coder(builders.organization())):
        with pytest.raises(Denied):
            open_attachment(person, document.uid)
    with pytest.raises(Denied):
        open_attachment(noor, next(one.uid for one in visit.documents.all() if one.title == "Progress note"))
    assert len(events(REFUSED)) == 3


def test_a_passage_needs_policy_and_gate_and_makes_no_event(at: Organization, noor: Person, visit: Encounter) -> None:
    document = visit.documents.get()
    assert section_text(noor, document.uid, 0) == "Patient has type 2 diabetes."
    assert section_text(noor, document.uid, 0, within=visit) == "Patient has type 2 diabetes."
    assert not events(OPENED)
    for section in (-1, 1):
        with pytest.raises(Denied):
            section_text(noor, document.uid, section)
    with pytest.raises(Denied):
        section_text(builders.remote_coder(at, "Kofi Abara"), document.uid, 0)
    builders.agreement(at, "telecommuting", today())
    with pytest.raises(GateClosed):
        section_text(noor, document.uid, 0)


def test_a_passage_of_another_encounter_is_no_evidence_for_this_one(
    at: Organization, noor: Person, visit: Encounter
) -> None:
    other = builders.encounter(at, of=visit.patient)
    builders.assigned(other, noor)
    foreign = builders.document(other)
    with pytest.raises(Denied):
        section_text(noor, foreign.uid, 0, within=visit)


def test_a_document_without_encounter_is_read_through_a_chart_of_the_same_patient(
    at: Organization, noor: Person, visit: Encounter
) -> None:
    document = builders.document(visit)
    document.encounter = None
    document.save()
    assert section_text(noor, document.uid, 0)
    stranger = builders.encounter(at)
    builders.assigned(stranger, noor)
    with pytest.raises(Denied):
        section_text(noor, document.uid, 0, within=stranger)


def test_readable_tells_who_may_without_an_event(at: Organization, noor: Person, visit: Encounter) -> None:
    assert readable_encounter(noor, str(visit.uid)) == visit
    with pytest.raises(Denied):
        readable_encounter(builders.remote_coder(at, "Kofi Abara"), visit.uid)
    assert not AuditEvent.objects.filter(verb__startswith="charts.").exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_kept_for_good_and_an_opening_refuses_to_run_inside_another_transaction() -> None:
    at = builders.organization()
    visit = builders.encounter(at)
    noor = builders.remote_coder(at)
    with pytest.raises(Denied):
        open_chart(noor, visit.uid)
    assert len(events(REFUSED)) == 1
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        open_chart(noor, visit.uid)


def test_a_lease_that_ended_and_was_taken_by_another_closes_the_chart(
    at: Organization, noor: Person, visit: Encounter
) -> None:
    item = visit.work_item
    item.lease_until = now() - timedelta(minutes=1)
    item.assigned_to = builders.remote_coder(at, "Kofi Abara")
    item.save()
    with pytest.raises(Denied):
        open_chart(noor, visit.uid)
