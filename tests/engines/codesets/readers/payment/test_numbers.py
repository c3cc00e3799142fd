"""Numbers are exact or refused: no rounding, no floats, no digits of other scripts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets.loading import Faults
from charthouse.engines.codesets.readers.payment.numbers import exact, needed


def _exact(text: str, places: int = 2) -> tuple[int | None, list[str]]:
    faults = Faults("x")
    found = exact(text, places, faults, 7, "rate")
    return found, [f"{one.rule} {one.place}" for one in faults.found]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("$136.02 ", 13_602), ("$1,234.50", 123_450), ("1,234,567.8", 123_456_780), (".10", 10), ("2", 200),
        ("2.", None), ("0.00", 0), ("1.300", 130), ("007.5", 750), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_number_is_read_in_units_of_its_last_place(text: str, units: int | None) -> None:
    assert _exact(text)[0] == units


@pytest.mark.parametrize(
    "text",
    [
        "-1", "+1", "1e3", "1e9999999", "1_0", "NaN", "sNaN", "Infinity", "\uff11\uff12", "\u0661", "1,2", "12,34.5",
        "1.2.3", "$", ".", "1 2", "0x10", "9" * 13, "9" * 5000, "1\0", "$$1", "1$",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_a_fault(text: str) -> None:
    assert _exact(text) == (None, ["codesets.number line 7, column rate"])


@pytest.mark.parametrize("text", ["1.305", "0.00000000000000000001"])
def test_a_digit_beyond_the_last_place_is_not_rounded_away(text: str) -> None:
    faults = Faults("x")
    assert exact(text, 2, faults, 7, "rate") is None
    assert faults.found[0].message == "More than 2 decimal places."


def test_a_blank_is_a_fault_where_a_number_is_needed() -> None:
    faults = Faults("x")
    assert needed(" ", 2, faults, 3, "factor") == 0
    assert faults.found[0].rule == "codesets.blank"


@given(st.integers(0, 10**12 - 1), st.integers(0, 4), st.booleans())
def test_a_written_number_comes_back(units: int, places: int, has_commas: bool) -> None:
    amount = Decimal(units).scaleb(-places)
    text = f"${amount:,.{places}f} " if has_commas else f"{amount:.{places}f}"
    assert _exact(text, places) == (units, [])


@given(st.text(max_size=20), st.integers(0, 4))
def test_any_text_is_a_number_a_blank_or_one_fault(text: str, places: int) -> None:
    found, faults = _exact(text, places)
    assert (found is None) == bool(faults or not text.strip())
    assert len(faults) <= 1
