"""Findings are for the coder whose work it is, while their gate is open; the log tells that, never what was written."""

from __future__ import annotations

from uuid import uuid4

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.program.gate import GateClosed
from charthouse.apps.quality import actions
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.quality.selectors import count_open, my_finding, my_findings
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary() -> CodingSummary:
    """Final coding by a coder on site."""
    return builders.coding_summary(builders.billable(builders.organization()), builders.service("G0463"))


def denied(
    summary: CodingSummary, key: str = "d-1", code: str = "G0463", message: str = "Not covered."
) -> CodingFinding:
    return actions.raise_denial_finding(summary, source_key=key, code=code, reason="CO-50", message=message)


def test_raising_is_one_event_about_the_patient_without_words(summary: CodingSummary) -> None:
    finding = denied(summary)
    event = AuditEvent.objects.get(verb="quality.finding.raised")
    assert event.object_id == str(finding.uid)
    assert event.subject == str(summary.encounter.patient.uid)
    assert event.detail == {"code": "G0463", "reason": "CO-50"}


def test_raising_again_with_other_words_changes_nothing(summary: CodingSummary) -> None:
    first = denied(summary)
    again = denied(summary, message="Other words.")
    assert (again.pk, again.message) == (first.pk, "Not covered.")
    assert AuditEvent.objects.filter(verb="quality.finding.raised").count() == 1


def test_raising_again_after_the_answer_does_not_open_it_again(summary: CodingSummary) -> None:
    actions.answer(summary.coder, denied(summary).uid, True)
    assert denied(summary).state == CodingFinding.State.AGREED
    assert count_open(summary.coder) == 0


def test_a_long_message_is_cut_and_not_refused(summary: CodingSummary) -> None:
    assert len(denied(summary, message="x" * 900).message) == 300


@pytest.mark.parametrize("role", Role)
def test_no_role_answers_for_the_coder(role: Role, summary: CodingSummary) -> None:
    finding = denied(summary)
    other = builders.person(role, at=summary.encounter.organization, remote=False)
    with pytest.raises(Denied) as refused:
        actions.answer(other, finding.uid, True)
    assert str(refused.value) == "There is no such finding."
    assert my_findings(other) == []
    assert count_open(other) == 0
    assert CodingFinding.objects.get().state == CodingFinding.State.OPEN


def test_unknown_and_not_mine_sound_the_same(summary: CodingSummary) -> None:
    finding = denied(summary)
    other = builders.coder(summary.encounter.organization)
    told = set()
    for person, uid in ((summary.coder, uuid4()), (other, finding.uid)):
        for attempt in (
            lambda who=person, one=uid: my_finding(who, one),
            lambda who=person, one=uid: actions.answer(who, one, True),
        ):
            with pytest.raises(Denied) as refused:
                attempt()
            told.add((refused.value.message, refused.value.code))
    assert len(told) == 1


def test_somebody_switched_off_answers_nothing(summary: CodingSummary) -> None:
    finding = denied(summary)
    summary.coder.is_active = False
    with pytest.raises(Denied):
        actions.answer(summary.coder, finding.uid, True)


@pytest.mark.parametrize(
    ("agreed", "text", "code"),
    [
        (False, "", "quality.reason-missing"),
        (False, " \n\t ", "quality.reason-missing"),
        (False, "x" * 2001, "quality.answer-too-long"),
        (True, "x" * 2001, "quality.answer-too-long"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_refused_by_its_rule(
    agreed: bool, text: str, code: str, summary: CodingSummary
) -> None:
    finding = denied(summary)
    with pytest.raises(Invalid) as refused:
        actions.answer(summary.coder, finding.uid, agreed, text)
    assert (refused.value.code, refused.value.field) == (code, "text")
    assert count_open(summary.coder) == 1
    assert not AuditEvent.objects.filter(verb="quality.finding.answered").exists()


@pytest.mark.parametrize("text", ["x" * 2000, f"  {'x' * 2000}  ", "Ключ 😀 \n second line"])
def test_an_answer_up_to_the_most_is_kept_to_the_letter(text: str, summary: CodingSummary) -> None:
    actions.answer(summary.coder, denied(summary).uid, False, text)
    assert CodingFinding.objects.get().answer == text.strip()


def test_answering_is_one_event_about_the_patient_without_the_answer(summary: CodingSummary) -> None:
    finding = denied(summary)
    actions.answer(summary.coder, finding.uid, False, "The note of Okafor says why.")
    event = AuditEvent.objects.get(verb="quality.finding.answered")
    assert (event.object_id, event.detail) == (str(finding.uid), {"agreed": False})
    assert event.subject == str(summary.encounter.patient.uid)
    assert "Okafor" not in f"{event.detail}{event.reason}"


def test_an_answer_stands(summary: CodingSummary) -> None:
    finding = denied(summary)
    actions.answer(summary.coder, finding.uid, False, "First")
    with pytest.raises(Conflict) as refused:
        actions.answer(summary.coder, finding.uid, True)
    assert refused.value.code == "quality.already-answered"
    kept = CodingFinding.objects.get()
    assert (kept.state, kept.answer) == (CodingFinding.State.DISPUTED, "First")


def test_findings_close_with_the_gate_and_open_with_it(summary: CodingSummary) -> None:
    finding = denied(summary)
    coder = summary.coder
    coder.is_remote = True
    coder.save()
    for attempt in (lambda: my_findings(coder), lambda: my_finding(coder, finding.uid)):
        with pytest.raises(GateClosed):
            attempt()
    assert count_open(coder) == 1
    builders.open_gate(coder, summary.encounter.organization)
    assert [row.uid for row in my_findings(coder)] == [finding.uid]


def test_a_code_no_table_knows_is_shown_as_it_came(summary: CodingSummary) -> None:
    denied(summary, code="99X99")
    assert my_findings(summary.coder)[0].code == "99X99"
