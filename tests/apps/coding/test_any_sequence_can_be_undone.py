"""Whatever a coder does and in whichever order, as many undos bring back what was there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.coding import actions, snapshot
from charthouse.apps.coding.models import CodingChange, CodingSession, DiagnosisLine, Pointer, ProcedureLine
from charthouse.apps.core.errors import ActionError, Conflict
from tests.apps.coding.desk import Desk

Step = tuple[str, int, int]
_MARKS = ("Type 2 diabetes", "stage 3a", "Clinic visit", "kidney disease", ".")
_DX = ("E11.22", "N18.31", "I10", "Z79.4", "E119")
_PX = ("G0463", "J1885 x2", "G2211-25", "G0463 >1", "J1885 >2,1")


def _dx(desk: Desk, n: int) -> DiagnosisLine | None:
    lines = list(desk.session.diagnoses.all())
    return lines[n % len(lines)] if lines else None


def _px(desk: Desk, n: int) -> ProcedureLine | None:
    lines = list(desk.session.procedures.all())
    return lines[n % len(lines)] if lines else None


def _add_dx(desk: Desk, a: int, b: int) -> None:
    actions.add_diagnosis(desk.coder, desk.session.uid, _DX[a % len(_DX)], as_principal=bool(b % 2))


def _add_with_evidence(desk: Desk, a: int, b: int) -> None:
    passage = desk.passage(_MARKS[b % len(_MARKS)])
    actions.enter(desk.coder, desk.session.uid, (*_DX, *_PX)[a % 10], evidence=passage)


def _add_px(desk: Desk, a: int, b: int) -> None:
    actions.add_procedure(desk.coder, desk.session.uid, _PX[a % len(_PX)])


def _on_dx(desk: Desk, a: int, b: int) -> None:
    line = _dx(desk, a)
    if line is None:
        return
    changes: list[Callable[[], object]] = [
        lambda: actions.remove_diagnosis(desk.coder, line.uid),
        lambda: actions.replace_diagnosis(desk.coder, line.uid, _DX[b % len(_DX)]),
        lambda: actions.move_diagnosis(desk.coder, line.uid, 1 + b % 3),
        lambda: actions.set_poa(desk.coder, line.uid, "YNUW1 "[b % 6]),
        lambda: actions.attach_evidence(desk.coder, line.uid, desk.passage(_MARKS[b % len(_MARKS)])),
    ]
    changes[(a + b) % len(changes)]()


def _on_px(desk: Desk, a: int, b: int) -> None:
    line = _px(desk, a)
    if line is None:
        return
    changes: list[Callable[[], object]] = [
        lambda: actions.remove_procedure(desk.coder, line.uid),
        lambda: actions.change_procedure(desk.coder, line.uid, units=1 + b, modifiers=["25", "59"][: b % 3]),
        lambda: actions.set_pointers(desk.coder, line.uid, [[], [1], [2, 1]][b % 3]),
        lambda: actions.attach_evidence(desk.coder, line.uid, desk.passage(_MARKS[b % len(_MARKS)])),
    ]
    changes[(a + b) % len(changes)]()


def _drop_evidence(desk: Desk, a: int, b: int) -> None:
    pieces = list(desk.session.evidence.order_by("id"))
    if pieces:
        actions.remove_evidence(desk.coder, pieces[a % len(pieces)].uid)


KINDS: dict[str, Callable[[Desk, int, int], None]] = {
    "add diagnosis": _add_dx,
    "add with evidence": _add_with_evidence,
    "add procedure": _add_px,
    "change diagnosis": _on_dx,
    "change procedure": _on_px,
    "drop evidence": _drop_evidence,
}
_STEPS = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 9), st.integers(0, 9)), max_size=8)


def _state(desk: Desk) -> dict[str, object]:
    return snapshot.take(CodingSession.objects.get(pk=desk.session.pk))


def _holds(desk: Desk) -> None:
    """What is true of a session after any change."""
    for lines in (desk.session.diagnoses.all(), desk.session.procedures.all()):
        assert [line.position for line in lines] == list(range(1, len(lines) + 1))
    for line in desk.session.procedures.all():
        ranks = list(Pointer.objects.filter(procedure=line).order_by("rank").values_list("rank", flat=True))
        assert len(set(ranks)) == len(ranks)
        assert all(pointer.diagnosis.session_id == desk.session.pk for pointer in line.pointers.all())
    for piece in desk.session.evidence.all():
        assert (piece.diagnosis_id is None) != (piece.procedure_id is None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_as_many_undos_as_changes_give_the_first_state(steps: list[Step], desk: Desk) -> None:
    first, changed = _state(desk), []
    for kind, a, b in steps:
        before = _state(desk)
        try:
            KINDS[kind](desk, a, b)
        except ActionError:
            assert _state(desk) == before, "a refused change left something behind"
        _holds(desk)
        if _state(desk) != before:
            changed.append(before)
    assert CodingChange.objects.filter(session=desk.session).count() == len(changed)
    for before in reversed(changed):
        actions.undo(desk.coder, desk.session.uid)
        assert _state(desk) == before
        _holds(desk)
    assert _state(desk) == first
    with pytest.raises(Conflict) as refused:
        actions.undo(desk.coder, desk.session.uid)
    assert refused.value.code == "coding.nothing-to-undo"


def test_every_change_and_every_undo_is_one_revision_and_one_event(desk: Desk) -> None:
    events = AuditEvent.objects.filter(object_id=str(desk.session.uid)).exclude(verb="coding.session.opened")
    desk.add("E11.22", "G0463")
    actions.undo(desk.coder, desk.session.uid)
    assert [event.detail["revision"] for event in events.order_by("id")] == [1, 2, 3]
    assert desk.view().revision == 3
    last = events.order_by("id").last()
    assert last
    assert (last.verb, last.detail["label"]) == ("coding.change.undone", "Added G0463")


def test_undo_cannot_be_undone_but_the_change_can_be_made_again(desk: Desk) -> None:
    desk.add("E11.22")
    actions.undo(desk.coder, desk.session.uid)
    with pytest.raises(Conflict):
        actions.undo(desk.coder, desk.session.uid)
    desk.add("E11.22")
    assert [line.display for line in desk.view().diagnoses] == ["E11.22"]


def test_the_label_says_what_undo_would_take_back(desk: Desk) -> None:
    desk.add("E11.22")
    line = desk.view().diagnoses[0].uid
    labels = [desk.view().undo_label]
    for step in (
        lambda: actions.set_poa(desk.coder, line, "Y"),
        lambda: actions.replace_diagnosis(desk.coder, line, "I10"),
        lambda: actions.attach_evidence(desk.coder, line, desk.passage("Clinic visit")),
        lambda: actions.remove_evidence(desk.coder, desk.session.evidence.get().uid),
        lambda: desk.add("N18.31"),
        lambda: actions.move_diagnosis(desk.coder, line, 2),
        lambda: desk.add("G0463"),
        lambda: actions.set_pointers(desk.coder, desk.session.procedures.get().uid, [2, 1]),
        lambda: actions.set_pointers(desk.coder, desk.session.procedures.get().uid, []),
        lambda: actions.change_procedure(desk.coder, desk.session.procedures.get().uid, units=2),
        lambda: actions.remove_procedure(desk.coder, desk.session.procedures.get().uid),
        lambda: actions.remove_diagnosis(desk.coder, line),
    ):
        step()
        labels.append(desk.view().undo_label)
    assert labels == [
        "Added E11.22",
        "Present on admission of E11.22",
        "Replaced E11.22 by I10",
        "Evidence for I10",
        "Removed evidence",
        "Added N18.31",
        "Moved I10 to 2",
        "Added G0463",
        "Pointed G0463 to 2, 1",
        "Pointed G0463 to nothing",
        "Changed G0463",
        "Removed G0463",
        "Removed I10",
    ]


def test_undo_brings_back_what_a_mend_did(desk: Desk) -> None:
    desk.add("E11.22", "G0463", "J1885 >1")
    before = _state(desk)
    desk.add("Q3014")
    missing = desk.finding("coding.no-price")
    actions.apply_mend(desk.coder, desk.session.uid, missing.key)
    assert _state(desk) == before
    actions.undo(desk.coder, desk.session.uid)
    assert [line.code for line in desk.view().procedures] == ["G0463", "J1885", "Q3014"]
