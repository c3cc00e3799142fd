"""What each command makes of a session: code, modifiers, units, date and pointers, as the table of the manual says."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.apps.coding import actions
from charthouse.apps.coding.command import MOST_UNITS, parse
from charthouse.apps.coding.models import DiagnosisLine, ProcedureLine
from charthouse.apps.core.errors import Invalid
from tests.apps import builders
from tests.apps.coding.desk import Desk

VISIT = date(2026, 11, 18)


@pytest.fixture
def three(desk: Desk) -> Desk:
    """A session with three diagnoses, over two days."""
    desk.encounter.service_to = date(2026, 11, 19)
    desk.encounter.save()
    desk.add("E11.22", "N18.31", "I10")
    return desk


TABLE = [
    ("G0463", "G0463", [], 1, VISIT, (1,)),
    ("g0463", "G0463", [], 1, VISIT, (1,)),
    ("G0463-25", "G0463", ["25"], 1, VISIT, (1,)),
    ("G0463 25 59", "G0463", ["25", "59"], 1, VISIT, (1,)),
    ("J1885 x4", "J1885", [], 4, VISIT, (1,)),
    ("J1885 *4", "J1885", [], 4, VISIT, (1,)),
    ("J1885 X 4", "J1885", [], 4, VISIT, (1,)),
    ("J1885 x9999", "J1885", [], MOST_UNITS, VISIT, (1,)),
    ("J1885 >3,1", "J1885", [], 1, VISIT, (3, 1)),
    ("J1885 >2", "J1885", [], 1, VISIT, (2,)),
    ("J1885 > 1 , 2 , 3", "J1885", [], 1, VISIT, (1, 2, 3)),
    ("J1885 @2026-11-19", "J1885", [], 1, date(2026, 11, 19), (1,)),
    ("g0463-25 x2 @2026-11-19 >2,3", "G0463", ["25"], 2, date(2026, 11, 19), (2, 3)),
    (">".join(["G2211 ", "1"]), "G2211", [], 1, VISIT, (1,)),
]


@pytest.mark.parametrize(("text", "code", "modifiers", "units", "on", "pointers"), TABLE)
def test_a_procedure_command(
    text: str, code: str, modifiers: list[str], units: int, on: date, pointers: tuple[int, ...], three: Desk
) -> None:
    line = actions.enter(three.coder, three.session.uid, text)
    assert isinstance(line, ProcedureLine)
    kept = three.view().procedures[0]
    assert (kept.code, list(kept.modifiers), kept.units, kept.service_date, kept.pointers) == (
        code,
        modifiers,
        units,
        on,
        pointers,
    )


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("E11.22", "E1122"),
        ("e1122", "E1122"),
        (" e11.22 ", "E1122"),
        ("I10", "I10"),
        ("Z79.4", "Z794"),
        ("z794", "Z794"),
    ],
)
def test_a_diagnosis_command(text: str, stored: str, desk: Desk) -> None:
    line = actions.enter(desk.coder, desk.session.uid, text)
    assert isinstance(line, DiagnosisLine)
    assert DiagnosisLine.objects.get().code == stored


def test_the_charge_master_makes_codes_of_its_own_known(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.add("X7X7X")
    assert refused.value.code == "coding.no-such-code"
    builders.charge_item(desk.organization, "X7X7X", 100)
    desk.add("X7X7X")
    assert desk.view().procedures[0].title == "Service X7X7X"


def test_the_charge_master_of_another_practice_makes_none_known(desk: Desk) -> None:
    builders.charge_item(builders.organization(), "X7X7X", 100)
    with pytest.raises(Invalid):
        desk.add("X7X7X")


def test_the_same_code_twice_is_two_lines(desk: Desk) -> None:
    desk.add("E11.22", "J1885", "J1885-76")
    assert [(line.position, line.modifiers) for line in desk.view().procedures] == [(1, ()), (2, ("76",))]


def test_a_header_is_taken_and_is_a_finding(desk: Desk) -> None:
    desk.add("E11.2")
    assert [mark.label for mark in desk.view().diagnoses[0].marks] == ["PDx", "header"]
    assert any(finding.stops for finding in desk.view().diagnoses[0].findings)


_GIVEN = st.fixed_dictionaries(
    {
        "modifiers": st.lists(st.sampled_from(["25", "59", "76", "RT"]), max_size=4, unique=True),
        "units": st.integers(1, MOST_UNITS),
        "pointers": st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=_GIVEN)
def test_what_a_command_says_is_what_stands_on_the_line(parts: dict[str, object], desk: Desk) -> None:
    if not desk.session.diagnoses.exists():
        desk.add("E11.22", "N18.31", "I10")
    modifiers, units, pointers = parts["modifiers"], parts["units"], parts["pointers"]
    assert isinstance(modifiers, list)
    assert isinstance(pointers, list)
    text = f"J1885 {' '.join(modifiers)} x{units} >{','.join(map(str, pointers))}"
    line = actions.add_procedure(desk.coder, desk.session.uid, text)
    shown = next(one for one in desk.view().procedures if one.uid == line.uid)
    assert (list(shown.modifiers), shown.units, list(shown.pointers)) == (modifiers, units, pointers)
    assert parse(text).code == shown.code


@given(st.text(alphabet="\x00\x0b\x0c\x1c\x1f\u2028\u00a0\u200b\ufeff", min_size=1, max_size=5), st.booleans())
def test_invisible_signs_never_make_another_code(noise: str, before: bool) -> None:
    text = f"{noise}E11.22" if before else f"E11.22{noise}"
    with suppress(Invalid):
        assert parse(text).code == "E1122"
