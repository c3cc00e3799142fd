"""Lines can be changed in every way, and each change can be taken back with all that hung on it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from charthouse.apps.coding import actions, snapshot
from charthouse.apps.coding.models import CodingChange, CodingSession
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from tests.apps import builders
from tests.apps.coding.desk import Desk


def codes(desk: Desk) -> list[str]:
    return [line.display for line in desk.view().diagnoses]


def test_a_diagnosis_can_come_first(desk: Desk) -> None:
    desk.add("N18.31")
    actions.add_diagnosis(desk.coder, desk.session.uid, "e11.22", as_principal=True)
    assert codes(desk) == ["E11.22", "N18.31"]
    assert [line.position for line in desk.view().diagnoses] == [1, 2]


def test_a_diagnosis_can_be_added_with_its_evidence(desk: Desk) -> None:
    actions.add_diagnosis(desk.coder, desk.session.uid, "E11.22", evidence=desk.passage("stage 3a"))
    assert [piece.quote for piece in desk.view().diagnoses[0].evidence] == ["stage 3a"]


def test_bad_evidence_keeps_the_diagnosis_out_too(desk: Desk) -> None:
    wrong = actions.Passage(desk.note.uid, 0, 0, 5, "other")
    with pytest.raises(Invalid):
        actions.add_diagnosis(desk.coder, desk.session.uid, "E11.22", evidence=wrong)
    assert codes(desk) == []


def test_pointers_follow_a_diagnosis_that_is_moved(desk: Desk) -> None:
    desk.add("E11.22", "N18.31", "I10", "G0463 >3,1")
    last = desk.view().diagnoses[2]
    actions.move_diagnosis(desk.coder, last.uid, 1)
    assert codes(desk) == ["I10", "E11.22", "N18.31"]
    assert desk.view().procedures[0].pointers == (1, 2)


def test_moving_to_where_it_stands_is_no_change(desk: Desk) -> None:
    desk.add("E11.22")
    actions.move_diagnosis(desk.coder, desk.view().diagnoses[0].uid, 1)
    assert desk.view().revision == 1
    assert CodingChange.objects.count() == 1


@pytest.mark.parametrize("position", [0, 3, -1])
def test_moving_to_nowhere_is_refused(desk: Desk, position: int) -> None:
    desk.add("E11.22", "N18.31")
    with pytest.raises(Invalid):
        actions.move_diagnosis(desk.coder, desk.view().diagnoses[0].uid, position)


def test_removing_a_diagnosis_moves_the_others_up_and_drops_its_pointers(desk: Desk) -> None:
    desk.add("E11.22", "N18.31", "G0463 >1,2")
    actions.remove_diagnosis(desk.coder, desk.view().diagnoses[0].uid)
    view = desk.view()
    assert [(line.position, line.display) for line in view.diagnoses] == [(1, "N18.31")]
    assert view.procedures[0].pointers == (1,)


def test_replacing_keeps_place_pointers_and_evidence(desk: Desk) -> None:
    desk.add("E11.21", "G0463")
    line = desk.view().diagnoses[0]
    actions.attach_evidence(desk.coder, line.uid, desk.passage("diabetes"))
    actions.replace_diagnosis(desk.coder, line.uid, "E11.22")
    view = desk.view()
    assert (view.diagnoses[0].display, view.diagnoses[0].uid) == ("E11.22", line.uid)
    assert len(view.diagnoses[0].evidence) == 1
    assert view.procedures[0].pointers == (1,)


def test_present_on_admission_takes_only_its_values(desk: Desk) -> None:
    desk.add("E11.22")
    line = desk.view().diagnoses[0]
    actions.set_poa(desk.coder, line.uid, " y ")
    assert desk.view().diagnoses[0].poa == "Y"
    with pytest.raises(Invalid):
        actions.set_poa(desk.coder, line.uid, "X")


def test_a_procedure_fills_in_what_was_left_out(desk: Desk) -> None:
    desk.add("E11.22", "N18.31", "g0463")
    line = desk.view().procedures[0]
    assert (line.units, line.service_date, line.pointers) == (1, date(2026, 11, 18), (1,))


def test_a_procedure_before_any_diagnosis_points_nowhere_yet(desk: Desk) -> None:
    desk.add("G0463")
    assert desk.view().procedures[0].pointers == ()
    assert desk.finding("claim.no-diagnosis").stops


def test_each_part_of_a_procedure_can_be_changed(desk: Desk) -> None:
    other = builders.provider(builders.organization())
    desk.add("E11.22", "N18.31", "J1885")
    uid = desk.view().procedures[0].uid
    actions.change_procedure(desk.coder, uid, modifiers=["rt"], units=3)
    actions.set_pointers(desk.coder, uid, [2, 1])
    line = desk.view().procedures[0]
    assert (line.modifiers, line.units, line.pointers) == (("RT",), 3, (2, 1))
    with pytest.raises(Invalid, match="provider"):
        actions.change_procedure(desk.coder, uid, provider_uid=other.uid)
    with pytest.raises(Invalid, match="outside the encounter"):
        actions.change_procedure(desk.coder, uid, service_date=date(2026, 11, 19))
    with pytest.raises(Invalid, match="units"):
        actions.change_procedure(desk.coder, uid, units=0)
    with pytest.raises(Invalid, match="no diagnosis 3"):
        actions.set_pointers(desk.coder, uid, [3])
    assert desk.view().procedures[0] == line


def test_provider_and_date_can_be_changed_within_the_encounter(desk: Desk) -> None:
    colleague = builders.provider(builders.organization())
    colleague.organization, colleague.npi, colleague.family_name = desk.organization, "1245319599", "Osei"
    colleague.save()
    desk.encounter.service_to = date(2026, 11, 20)
    desk.encounter.save()
    desk.add("E11.22", "J1885 @2026-11-19")
    line = desk.view().procedures[0]
    assert line.service_date == date(2026, 11, 19)
    actions.change_procedure(desk.coder, line.uid, provider_uid=colleague.uid, service_date=date(2026, 11, 20))
    line = desk.view().procedures[0]
    assert (line.provider_name, line.service_date) == ("Lena Osei DO", date(2026, 11, 20))


def test_a_procedure_outside_the_encounter_is_refused_when_typed(desk: Desk) -> None:
    with pytest.raises(Invalid, match="19 Nov 2026 is outside"):
        desk.add("G0463 @2026-11-19")
    assert desk.view().procedures == ()


def test_removing_a_procedure_moves_the_others_up(desk: Desk) -> None:
    desk.add("E11.22", "G0463", "J1885 x2")
    actions.remove_procedure(desk.coder, desk.view().procedures[0].uid)
    assert [(line.position, line.code) for line in desk.view().procedures] == [(1, "J1885")]


def test_undo_goes_back_step_by_step_to_the_empty_list(desk: Desk) -> None:
    session = CodingSession.objects.get(pk=desk.session.pk)
    desk.add("E11.22", "N18.31", "G0463-25 >1,2")
    line = desk.view().diagnoses[0]
    actions.attach_evidence(desk.coder, line.uid, desk.passage("diabetes"))
    states = [snapshot.take(session)]
    for step in (
        lambda: actions.remove_diagnosis(desk.coder, line.uid),
        lambda: actions.move_diagnosis(desk.coder, desk.view().diagnoses[0].uid, 1),
        lambda: actions.change_procedure(desk.coder, desk.view().procedures[0].uid, units=2),
        lambda: actions.remove_procedure(desk.coder, desk.view().procedures[0].uid),
    ):
        step()
        if snapshot.take(session) != states[-1]:
            states.append(snapshot.take(session))
    for state in reversed(states[:-1]):
        actions.undo(desk.coder, desk.session.uid)
        assert snapshot.take(session) == state
    assert [piece.quote for piece in desk.view().diagnoses[0].evidence] == ["diabetes"]
    for _ in range(4):
        actions.undo(desk.coder, desk.session.uid)
    view = desk.view()
    assert (view.diagnoses, view.procedures, view.undo_label) == ((), (), "")
    with pytest.raises(Conflict, match="nothing to take back"):
        actions.undo(desk.coder, desk.session.uid)


def test_lines_have_the_same_uids_after_undo(desk: Desk) -> None:
    desk.add("E11.22", "G0463")
    before = desk.view()
    actions.remove_diagnosis(desk.coder, before.diagnoses[0].uid)
    actions.undo(desk.coder, desk.session.uid)
    after = desk.view()
    assert (after.diagnoses, after.procedures) == (before.diagnoses, before.procedures)


def test_undo_counts_as_a_change_so_that_a_stale_page_notices(desk: Desk) -> None:
    desk.add("E11.22")
    actions.undo(desk.coder, desk.session.uid)
    assert desk.view().revision == 2


def test_a_change_that_is_refused_leaves_no_trace(desk: Desk) -> None:
    desk.add("E11.22")
    before = desk.view()
    with pytest.raises(Invalid):
        desk.add("G0463 >2")
    assert desk.view() == before


def test_a_line_that_is_gone_is_said_to_be_gone(desk: Desk) -> None:
    desk.add("E11.22")
    uid = desk.view().diagnoses[0].uid
    actions.remove_diagnosis(desk.coder, uid)
    for attempt in (
        lambda: actions.remove_diagnosis(desk.coder, uid),
        lambda: actions.remove_procedure(desk.coder, uid),
        lambda: actions.attach_evidence(desk.coder, uid, desk.passage("diabetes")),
        lambda: actions.remove_evidence(desk.coder, uuid4()),
    ):
        with pytest.raises(Denied):
            attempt()
