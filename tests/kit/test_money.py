"""Money reads, adds, splits and writes exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.kit import Money, MoneyError

cents = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100", 10000),
        ("100.5", 10050),
        (".50", 50),
        ("-12.30", -1230),
        ("100.000", 10000),
        ("-0", 0),
        ("0012", 1200),
        ("5.", 500),
    ],
)
def test_it_reads_amounts_as_remittances_write_them(text: str, expected: int) -> None:
    assert Money.parse(text).cents == expected


@pytest.mark.parametrize("text", ["", ".", "-", "1e3", "1,000", "1.005", "ten", "+5", " 5", "5 ", "--5", "NaN", "٣"])
def test_it_refuses_what_is_not_an_amount(text: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(text)


def test_it_refuses_floats() -> None:
    with pytest.raises(MoneyError):
        Money(1.5)  # type: ignore[arg-type]


@given(cents)
def test_what_is_written_for_x12_is_read_back_equal(amount: int) -> None:
    assert Money.parse(Money(amount).x12()).cents == amount


@pytest.mark.parametrize(("amount", "text"), [(0, "0"), (100, "1"), (150, "1.5"), (5, ".05"), (-1230, "-12.3")])
def test_x12_amounts_have_no_needless_zeros(amount: int, text: str) -> None:
    assert Money(amount).x12() == text


@given(cents, st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any))
def test_a_split_adds_up_to_the_whole(amount: int, weights: list[int]) -> None:
    parts = Money(amount).split(weights)
    assert Money.total(parts) == Money(amount)
    assert all(part == Money(0) for part, weight in zip(parts, weights, strict=True) if weight == 0)


@pytest.mark.parametrize("weights", [[], [0], [1, -1], [-5]])
def test_a_split_needs_weights(weights: list[int]) -> None:
    with pytest.raises((MoneyError, ValueError)):
        Money(100).split(weights)


@given(st.lists(cents))
def test_totals_are_sums(amounts: list[int]) -> None:
    assert Money.total(map(Money, amounts)).cents == sum(amounts)


def test_it_is_written_for_people() -> None:
    assert [str(Money(c)) for c in (123450, -5, 0)] == ["$1,234.50", "-$0.05", "$0.00"]


def test_it_adds_and_subtracts() -> None:
    assert Money(5) + Money(7) - Money(2) == Money(10)
    assert -Money(5) * 3 == Money(-15)
    assert not Money(0)
    assert Money(1) < Money(2)
