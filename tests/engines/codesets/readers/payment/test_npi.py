"""The check digit of the National Provider Identifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets.readers.payment.npi import is_npi


def _by_hand(digits: str) -> int:
    """The check digit, written the long way: Luhn over 80840 and nine digits."""
    total = 0
    for place, digit in enumerate(reversed("80840" + digits)):
        number = int(digit) * (2 if place % 2 == 0 else 1)
        total += number // 10 + number % 10
    return -total % 10


def test_the_example_of_the_standard_is_valid() -> None:
    assert is_npi("1234567893")


@pytest.mark.parametrize(
    "text", ["", "123456789", "12345678930", "3234567893", "12345\u06617893", "1234567893 ", "123456789X", "0000000000"]
)
def test_what_has_not_the_shape_is_none(text: str) -> None:
    assert not is_npi(text)


@given(st.sampled_from("12"), st.text("0123456789", min_size=8, max_size=8))
def test_one_digit_in_ten_is_right(first: str, rest: str) -> None:
    right = [digit for digit in "0123456789" if is_npi(first + rest + digit)]
    assert right == [str(_by_hand(first + rest))]
