"""What coders type is understood, or refused with the part at fault."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.apps.coding.command import MOST_CHARACTERS, Command, parse
from charthouse.apps.core.errors import Invalid


@pytest.mark.parametrize("text", ["e119", " E11.9 ", "E119", "e11.9", "E11.9."])
def test_a_diagnosis_is_taken_in_any_case_with_or_without_its_dot(text: str) -> None:
    command = parse(text)
    assert command.code == "E119"
    assert command.is_bare
    assert command.may_be_diagnosis


@pytest.mark.parametrize(
    "text",
    [
        "G0463-25 x2 >1,2",
        "g0463 25 x2 >1,2",
        "G0463 -25 X 2 > 1 , 2",
        "g0463-25 >1,2 *2",
        "  g0463   >1,2   x2   25 ",
    ],
)
def test_a_procedure_is_taken_however_it_is_spaced_and_ordered(text: str) -> None:
    assert parse(text) == Command("G0463", modifiers=("25",), units=2, pointers=(1, 2))


def test_everything_can_stand_together() -> None:
    assert parse("g0463 25 x2 @2026-11-18 >1") == Command(
        "G0463", modifiers=("25",), units=2, on=date(2026, 11, 18), pointers=(1,)
    )


def test_modifiers_may_start_with_x() -> None:
    assert parse("J1885-XE-RT x2") == Command("J1885", modifiers=("XE", "RT"), units=2)


def test_the_dot_tells_a_diagnosis_from_a_procedure() -> None:
    assert not parse("E11.22").may_be_procedure
    assert parse("E1122").may_be_procedure
    assert parse("E1122").may_be_diagnosis
    assert not parse("E1122 x1").may_be_diagnosis
    assert not parse("A9").may_be_procedure


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("", "Nothing was typed", "a code"),
        ("   ", "Nothing was typed", "a code"),
        (">1", "“>1”", "a code"),
        ("G04.63.1", "“G04.63.1”", "a code"),
        ("G0463 x", "“X”", "units"),
        ("G0463 x0", "“x0”", "units"),
        ("G0463 x10000", "“x10000”", "units"),
        ("G0463 xtwo", "“XTWO”", "units"),
        ("G0463 x1 x2", "“x2”".upper(), "only once"),
        ("G0463 >", "“>”", "positions"),
        ("G0463 >a", "“>A”", "positions"),
        ("G0463 >0", "“>0”", "positions"),
        ("G0463 >13", "“>13”", "positions"),
        ("G0463 >1,1", "“>1”", "only once"),
        ("G0463 >1,2,3,4,5", "“>5”", "at most 4"),
        ("G0463 @tomorrow", "“@TOMORROW”", "date"),
        ("G0463 @2026-02-30", "“@2026-02-30”", "a day that exists"),
        ("G0463-2", "“-2”", "modifier"),
        ("G0463-255", "“-255”", "modifier"),
        ("G0463 25 25", "“25”", "only once"),
        ("G0463 25 26 RT LT 59", "“59”", "at most 4"),
        ("G0463 ½", "“½”", "plain letters"),
        ("é119", "“é”", "plain letters"),
    ],
)
def test_the_part_at_fault_is_named_with_what_is_expected(text: str, part: str, expected: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert part in refused.value.message
    assert expected in refused.value.message
    assert refused.value.code == "coding.command"


def test_a_whole_note_pasted_by_mistake_is_refused_without_repeating_it() -> None:
    with pytest.raises(Invalid) as refused:
        parse("Patient seen today. " * 50)
    assert len(refused.value.message) < MOST_CHARACTERS


_ALPHABET = st.sampled_from([*"EGJ0123456789.-x*>,@ \t\nß½", "2026-11-18", "25", "G0463", "x2", ">1,2"])


@given(st.one_of(st.text(max_size=200), st.lists(_ALPHABET, max_size=30).map("".join)))
def test_no_text_whatever_crashes_it(text: str) -> None:
    try:
        command = parse(text)
    except Invalid:
        return
    assert command.code
    assert command.code.isalnum()
    assert command.units is None or 1 <= command.units <= 9999
    assert len(command.modifiers) <= 4
    assert all(1 <= pointer <= 12 for pointer in command.pointers)


_MODIFIERS = st.lists(st.sampled_from(["25", "59", "RT", "LT", "XE", "76"]), max_size=4, unique=True)
_POINTERS = st.lists(st.integers(1, 12), max_size=4, unique=True)


@given(
    code=st.sampled_from(["G0463", "J1885", "99999", "AB123"]),
    modifiers=_MODIFIERS,
    units=st.one_of(st.none(), st.integers(1, 9999)),
    on=st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2099, 12, 31))),
    pointers=_POINTERS,
)
def test_what_is_written_out_is_read_back(
    code: str, modifiers: list[str], units: int | None, on: date | None, pointers: list[int]
) -> None:
    text = code + "".join(f"-{modifier}" for modifier in modifiers)
    text += f" x{units}" if units else ""
    text += f" @{on}" if on else ""
    text += f" >{','.join(map(str, pointers))}" if pointers else ""
    assert parse(text) == Command(code, False, tuple(modifiers), units, on, tuple(pointers))
