"""Every refusal of coding has a stable code, a sentence that ends, and a way on where there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from charthouse.apps.coding import actions
from charthouse.apps.coding.errors import FindingsOpen
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.coding.selectors import latest_summary, session_view, summary
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import ActionError, Conflict, Denied, Invalid
from charthouse.apps.program.gate import GateClosed
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders
from tests.apps.coding.desk import Desk

Attempt = Callable[[Desk], object]


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """A clean visit, not yet final."""
    desk.add("E11.22", "N18.31", "G0463")
    return desk


def _dx(desk: Desk) -> UUID:
    return desk.session.diagnoses.all()[0].uid


def _px(desk: Desk) -> UUID:
    return desk.session.procedures.all()[0].uid


REFUSALS: list[tuple[Attempt, type[ActionError], str, str, str]] = [
    (lambda desk: desk.add("E11.9999"), Invalid, "coding.no-such-code", "E11.9 exists: start from there.", "code"),
    (lambda desk: desk.add("Z99.8888"), Invalid, "coding.no-such-code", "exists: start from there.", "code"),
    (lambda desk: desk.add("99X99"), Invalid, "coding.no-such-code", "have it added to the charge master", "code"),
    (lambda desk: desk.add("E11.22 x2"), Invalid, "coding.command", "", "code"),
    (lambda desk: desk.add(""), Invalid, "coding.command", "", "text"),
    (lambda desk: desk.add("G0463 >3"), Invalid, "coding.no-such-diagnosis", "", "pointers"),
    (lambda desk: desk.add("G0463 @2026-11-17"), Invalid, "coding.outside-encounter", "", "service_date"),
    (
        lambda desk: actions.set_pointers(desk.coder, _px(desk), [3]),
        Invalid,
        "coding.no-such-diagnosis",
        "",
        "pointers",
    ),
    (lambda desk: actions.set_pointers(desk.coder, _px(desk), [1, 1]), Invalid, "coding.command", "", "pointers"),
    (lambda desk: actions.set_pointers(desk.coder, _px(desk), [0]), Invalid, "coding.command", "", "pointers"),
    (
        lambda desk: actions.change_procedure(desk.coder, _px(desk), modifiers=["2"]),
        Invalid,
        "coding.command",
        "",
        "modifiers",
    ),
    (
        lambda desk: actions.change_procedure(desk.coder, _px(desk), units=10_000),
        Invalid,
        "coding.command",
        "",
        "units",
    ),
    (
        lambda desk: actions.change_procedure(desk.coder, _px(desk), provider_uid=uuid4()),
        Invalid,
        "action.invalid",
        "",
        "provider",
    ),
    (lambda desk: actions.move_diagnosis(desk.coder, _dx(desk), 3), Invalid, "action.invalid", "", "position"),
    (lambda desk: actions.set_poa(desk.coder, _dx(desk), "maybe"), Invalid, "action.invalid", "", "poa"),
    (lambda desk: actions.apply_mend(desk.coder, desk.session.uid, "x"), Conflict, "coding.finding-gone", "", ""),
    (
        lambda desk: actions.finalise(desk.coder, desk.session.uid, 2),
        Conflict,
        "coding.stale",
        "Look at them as they are now, then finalise again.",
        "",
    ),
    (lambda desk: actions.undo(desk.coder, uuid4()), Denied, "action.denied", "", ""),
    (lambda desk: actions.remove_diagnosis(desk.coder, uuid4()), Denied, "action.denied", "", ""),
    (lambda desk: session_view(desk.coder, uuid4()), Denied, "action.denied", "", ""),
    (lambda desk: summary(desk.coder, uuid4()), Denied, "action.denied", "", ""),
    (lambda desk: latest_summary(desk.coder, desk.encounter.uid), Denied, "action.denied", "", ""),
    (lambda desk: actions.open_session(desk.coder, uuid4()), Denied, "action.denied", "", ""),
]


@pytest.mark.parametrize(("attempt", "kind", "code", "mend", "field"), REFUSALS)
def test_a_refusal_has_its_code_its_mend_and_its_field(
    attempt: Attempt, kind: type[ActionError], code: str, mend: str, field: str, coded: Desk
) -> None:
    before = coded.view()
    with pytest.raises(kind) as refused:
        attempt(coded)
    error = refused.value
    assert type(error) is kind
    assert error.code == code
    assert mend in error.mend
    assert bool(mend) == bool(error.mend)
    assert getattr(error, "field", "") == field
    assert error.message.endswith(".")
    assert error.message[0].isupper() or error.message[0] in "“0123456789"
    assert coded.view() == before


def test_findings_that_stop_are_carried_by_the_refusal(coded: Desk) -> None:
    coded.add("Q3014", "J1885-XX")
    stopping = [finding for finding in coded.view().findings if finding.stops]
    with pytest.raises(FindingsOpen) as refused:
        actions.finalise(coded.coder, coded.session.uid, 5)
    error = refused.value
    assert error.code == "coding.findings-open"
    assert error.mend == "Settle what stops it, then finalise again."
    assert [finding.rule for finding in error.findings] == [finding.rule for finding in stopping]
    assert all(finding.stops for finding in error.findings)
    assert error.message.startswith(f"{len(stopping)} finding")
    assert error.findings[0].message in error.message
    assert not coded.view().can_finalise


def test_one_finding_is_one_finding(coded: Desk) -> None:
    coded.add("Q3014")
    with pytest.raises(FindingsOpen, match=r"^1 finding stops"):
        actions.finalise(coded.coder, coded.session.uid, 4)


def test_a_lease_that_ended_says_that_nothing_is_lost(coded: Desk) -> None:
    WorkItem.objects.update(lease_until=now() - timedelta(seconds=1))
    with pytest.raises(Conflict) as refused:
        actions.undo(coded.coder, coded.session.uid)
    assert (refused.value.code, refused.value.mend) == (
        "coding.lease-ended",
        "Open it again from the worklist; what you coded is still there.",
    )


def test_final_says_since_when(coded: Desk) -> None:
    actions.finalise(coded.coder, coded.session.uid, 3)
    with pytest.raises(Conflict, match=r"already final since \d{1,2} \w{3} \d{4} \d{2}:\d{2}\.$") as refused:
        actions.open_session(coded.coder, coded.encounter.uid)
    assert refused.value.code == "coding.already-final"


def test_a_closed_gate_says_what_to_sign_and_changes_nothing(coded: Desk) -> None:
    coded.coder.is_remote = True
    coded.coder.save()
    for kind in ("telecommuting", "confidentiality"):
        builders.agreement(coded.organization, kind)
    for attempt in (
        lambda: coded.add("I10"),
        lambda: actions.undo(coded.coder, coded.session.uid),
        lambda: actions.finalise(coded.coder, coded.session.uid, 3),
        lambda: actions.apply_mend(coded.coder, coded.session.uid, "x"),
        lambda: actions.open_session(coded.coder, coded.encounter.uid),
    ):
        with pytest.raises(GateClosed) as refused:
            attempt()
        assert refused.value.code == "program.gate-closed"
        assert refused.value.mend == "Read and sign"
        codes = [reason.code for reason in refused.value.decision.reasons]
        assert codes == ["program.unsigned-telecommuting", "program.unsigned-confidentiality"]
    assert CodingSession.objects.get().revision == 3
    builders.open_gate(coded.coder, coded.organization)
    coded.add("I10")
    assert len(coded.view().diagnoses) == 3


def test_unknown_and_forbidden_sound_the_same(coded: Desk) -> None:
    stranger = builders.coder(builders.organization())
    told = set()
    for person, uid in ((coded.coder, uuid4()), (stranger, coded.session.uid), (stranger, uuid4())):
        with pytest.raises(Denied) as refused:
            actions.undo(person, uid)
        told.add((refused.value.message, refused.value.code, refused.value.mend))
    assert len(told) == 1


def test_a_line_of_another_session_cannot_be_reached_through_ones_own(coded: Desk) -> None:
    theirs = builders.coder(coded.organization, "Sam Other")
    visit = builders.encounter(coded.organization)
    builders.assigned(visit, theirs)
    other = actions.open_session(theirs, visit.uid)
    line = actions.add_diagnosis(theirs, other.uid, "I10")
    for attempt in (
        lambda: actions.remove_diagnosis(coded.coder, line.uid),
        lambda: actions.replace_diagnosis(coded.coder, line.uid, "E11.9"),
        lambda: actions.set_poa(coded.coder, line.uid, "Y"),
        lambda: actions.attach_evidence(coded.coder, line.uid, coded.passage("diabetes")),
    ):
        with pytest.raises(Denied):
            attempt()
    assert [one.display for one in session_view(theirs, other.uid).diagnoses] == ["I10"]
