"""A denial comes back to its coder once, and is answered once."""

from __future__ import annotations

import pytest

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.coding import actions as coding
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.quality import actions
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.quality.selectors import count_open, my_finding, my_findings
from tests.apps import builders
from tests.apps.coding.desk import Desk, set_up


@pytest.fixture
def desk(db: None) -> Desk:
    """A coder whose visit is final."""
    made = set_up()
    made.add("E11.22", "J1885")
    coding.finalise(made.coder, made.session.uid, 2)
    return made


def denied(code: str = "J1885", key: str = "denial-1") -> CodingFinding:
    return actions.raise_denial_finding(
        CodingSummary.objects.get(), source_key=key, code=code, reason="CO-50", message="The payer sees no need for it."
    )


def test_the_coder_sees_what_came_back(desk: Desk) -> None:
    finding = denied()
    (row,) = my_findings(desk.coder)
    assert (row.uid, row.code, row.title, row.reason) == (finding.uid, "J1885", "Service J1885", "CO-50")
    assert (row.is_open, row.state, row.answer) == (True, "Waits for your answer", "")
    assert (row.encounter_uid, row.encounter_title) == (desk.encounter.uid, "Office visit")
    assert my_finding(desk.coder, finding.uid) == row
    assert count_open(desk.coder) == 1


def test_a_denied_diagnosis_is_shown_with_its_dot(desk: Desk) -> None:
    denied("E1122")
    row = my_findings(desk.coder)[0]
    assert row.code == "E11.22"
    assert row.title.startswith("Type 2 diabetes")


def test_rows_name_no_patient_and_no_claim(desk: Desk) -> None:
    denied()
    shown = repr(my_findings(desk.coder))
    patient = desk.encounter.patient
    assert not any(word in shown for word in (patient.family_name, patient.given_name, patient.mrn))


def test_the_same_denial_twice_is_one_finding(desk: Desk) -> None:
    assert denied() == denied()
    assert CodingFinding.objects.count() == 1
    assert AuditEvent.objects.filter(verb="quality.finding.raised").count() == 1
    assert denied(key="denial-2") != denied()


def test_open_findings_come_first(desk: Desk) -> None:
    first, second, third = denied(key="a"), denied(key="b"), denied(key="c")
    actions.answer(desk.coder, third.uid, True)
    assert [row.uid for row in my_findings(desk.coder)] == [second.uid, first.uid, third.uid]
    assert [row.uid for row in my_findings(desk.coder, only_open=True)] == [second.uid, first.uid]


@pytest.mark.parametrize(
    ("agreed", "text", "state"), [(True, "", "Agreed"), (False, " The note says why. ", "Disputed")]
)
def test_the_coder_answers_once(desk: Desk, agreed: bool, text: str, state: str) -> None:
    finding = denied()
    actions.answer(desk.coder, finding.uid, agreed, text)
    row = my_finding(desk.coder, finding.uid)
    assert (row.is_open, row.state, row.answer) == (False, state, text.strip())
    assert row.answered_at
    with pytest.raises(Conflict):
        actions.answer(desk.coder, finding.uid, not agreed, "Other words")
    assert my_finding(desk.coder, finding.uid) == row
    event = AuditEvent.objects.get(verb="quality.finding.answered")
    assert event.detail == {"agreed": agreed}


def test_a_dispute_says_why(desk: Desk) -> None:
    finding = denied()
    with pytest.raises(Invalid):
        actions.answer(desk.coder, finding.uid, False, "   ")
    with pytest.raises(Invalid):
        actions.answer(desk.coder, finding.uid, True, "x" * 2001)
    assert my_finding(desk.coder, finding.uid).is_open


def test_nobody_else_sees_or_answers_it(desk: Desk) -> None:
    finding = denied()
    other = builders.coder(desk.organization, "Sam Other")
    assert my_findings(other) == []
    with pytest.raises(Denied):
        my_finding(other, finding.uid)
    with pytest.raises(Denied):
        actions.answer(other, finding.uid, True)


def test_the_answer_is_encrypted_at_rest(desk: Desk) -> None:
    from django.db import connection

    finding = denied()
    actions.answer(desk.coder, finding.uid, False, "The note says why.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM quality_codingfinding")
        assert b"note" not in bytes(cursor.fetchone()[0])
