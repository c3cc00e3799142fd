"""Money where it hurts: signs, halves of a cent, huge sums, uneven shares, and everything that is not money."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.kit import Money, MoneyError

cents = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("0", 0, id="nothing"),
        pytest.param("-0.00", 0, id="nothing, with a sign"),
        pytest.param(".5", 50, id="no whole dollars"),
        pytest.param("-.05", -5, id="negative cents"),
        pytest.param("100.", 10_000, id="a point at the end"),
        pytest.param("0.10", 10, id="ten cents, not one"),
        pytest.param("0.01", 1, id="one cent, not ten"),
        pytest.param("19.99", 1_999, id="what a float gets wrong"),
        pytest.param("1.1", 110, id="one decimal"),
        pytest.param("1.2300000000", 123, id="zeros behind the cents"),
        pytest.param("00000000001", 100, id="zeros in front"),
        pytest.param("9" * 30 + ".99", int("9" * 32), id="longer than any number of a machine"),
    ],
)
def test_an_amount_is_read_to_the_cent(text: str, amount: int) -> None:
    assert Money.parse(text) == Money(amount)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "is not an amount|no digits", id="empty"),
        pytest.param("-", "no digits", id="a sign alone"),
        pytest.param(".", "no digits", id="a point alone"),
        pytest.param("-.", "no digits", id="sign and point"),
        pytest.param("0.001", "fraction of a cent", id="a tenth of a cent"),
        pytest.param("0.005", "fraction of a cent", id="half a cent is not rounded"),
        pytest.param("-1.999", "fraction of a cent", id="nearly two"),
        pytest.param("1e2", "not an amount", id="an exponent"),
        pytest.param("1_000", "not an amount", id="an underscore"),
        pytest.param("1,000.00", "not an amount", id="a comma"),
        pytest.param("$5", "not an amount", id="a dollar sign"),
        pytest.param("+5", "not an amount", id="a plus"),
        pytest.param("(5)", "not an amount", id="a bookkeeper's minus"),
        pytest.param("5-", "not an amount", id="a minus behind"),
        pytest.param("5 ", "not an amount", id="a blank behind"),
        pytest.param("5\n", "not an amount", id="a line end behind"),
        pytest.param("1.2.3", "not an amount", id="two points"),
        pytest.param("0x10", "not an amount", id="another base"),
        pytest.param("inf", "not an amount", id="infinity"),
        pytest.param("５", "not an amount", id="a wide digit"),
        pytest.param("½", "not an amount", id="a fraction sign"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(MoneyError, match=why):
        Money.parse(text)


@pytest.mark.parametrize("value", [1.0, 1.5, "1", None, True, Fraction(1)])
def test_only_a_whole_number_is_cents(value: object) -> None:
    with pytest.raises(MoneyError):
        Money(value)  # type: ignore[arg-type]  # that it raises is the test


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        amount = Money.parse(text)
    except MoneyError:
        return
    assert Money.parse(amount.x12()) == amount


@given(cents)
def test_the_x12_form_is_the_shortest(amount: int) -> None:
    text = Money(amount).x12()
    digits = text.removeprefix("-")
    assert digits == "0" or not digits.startswith("0")
    assert not ("." in digits and digits.endswith(("0", ".")))
    assert text != "-0"


@pytest.mark.parametrize(
    ("amount", "x12", "shown"),
    [
        (0, "0", "$0.00"),
        (1, ".01", "$0.01"),
        (10, ".1", "$0.10"),
        (99, ".99", "$0.99"),
        (100, "1", "$1.00"),
        (-1, "-.01", "-$0.01"),
        (-100, "-1", "-$1.00"),
        (-12_345, "-123.45", "-$123.45"),
        (123_456_789, "1234567.89", "$1,234,567.89"),
        (-100_000_000, "-1000000", "-$1,000,000.00"),
    ],
)
def test_it_is_written_one_way_for_machines_and_one_for_people(amount: int, x12: str, shown: str) -> None:
    assert Money(amount).x12() == x12
    assert str(Money(amount)) == shown


@pytest.mark.parametrize(
    ("amount", "by", "shares"),
    [
        pytest.param(100, [1], [100], id="all to one"),
        pytest.param(100, [1, 1, 1], [34, 33, 33], id="the odd cent goes to the first"),
        pytest.param(101, [1, 1, 1], [34, 34, 33], id="two odd cents"),
        pytest.param(-100, [1, 1, 1], [-34, -33, -33], id="the same the other way"),
        pytest.param(100, [1, 2], [33, 67], id="by weight, the larger remainder first"),
        pytest.param(100, [0, 1, 0], [0, 100, 0], id="nothing for no weight"),
        pytest.param(1, [1, 1], [1, 0], id="a single cent"),
        pytest.param(0, [3, 4], [0, 0], id="nothing to share"),
        pytest.param(5, [10**9, 1], [5, 0], id="a very small weight"),
    ],
)
def test_shares_are_by_largest_remainder(amount: int, by: list[int], shares: list[int]) -> None:
    assert Money(amount).split(by) == [Money(share) for share in shares]


@given(cents, weights)
def test_no_share_is_a_whole_cent_off_its_due(amount: int, by: list[int]) -> None:
    for part, weight in zip(Money(amount).split(by), by, strict=True):
        assert abs(part.cents - Fraction(amount * weight, sum(by))) < 1


@given(cents, weights)
def test_shares_have_the_sign_of_the_whole(amount: int, by: list[int]) -> None:
    assert all(part.cents * amount >= 0 for part in Money(amount).split(by))


@given(cents, weights)
def test_taking_back_shares_as_giving_does(amount: int, by: list[int]) -> None:
    assert [-part for part in Money(amount).split(by)] == Money(-amount).split(by)


@pytest.mark.parametrize("by", [[], [0], [0, 0], [-1], [2, -1]])
def test_shares_need_weights(by: list[int]) -> None:
    with pytest.raises(MoneyError, match="weights"):
        Money(100).split(by)


@given(cents, cents, cents)
def test_sums_are_exact_in_any_order(one: int, two: int, three: int) -> None:
    first, second, third = map(Money, (one, two, three))
    assert (first + second) + third == first + (second + third)
    assert first + second - second == first
    assert first - first == Money(0)
    assert Money.total([first, second, third]) == Money(one + two + three)


@given(cents, cents)
def test_amounts_compare_as_their_cents(one: int, other: int) -> None:
    assert (Money(one) < Money(other)) == (one < other)
    assert (Money(one) == Money(other)) == (one == other)
    assert max(Money(one), Money(other)).cents == max(one, other)
    assert bool(Money(one)) == bool(one)


def test_amounts_are_keys() -> None:
    assert {Money(1): "a"}[Money(1)] == "a"
    assert len({Money(1), Money(1), Money(2)}) == 2
