"""Values of the wrong shape read as absent; numbers, days and moments read as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.fhir.access import day, items, moment, number, obj, raw_string, string, strings
from charthouse.engines.fhir.json import Json


@pytest.mark.parametrize("value", [None, 1, True, "text", [], [1, "x"], {}, {"a": None}, {"a": 3}, {"a": [[]]}])
def test_wrong_shapes_are_absent(value: Json) -> None:
    assert obj(value, "a") == {}
    assert items(value, "a") == []
    assert strings(value, "a") == []
    assert string(value, "a", "b") == ""


def test_paths_go_through_the_first_of_a_list() -> None:
    value: Json = {"a": [{"b": [{"c": " x \n y "}]}, {"b": "other"}]}
    assert string(value, "a", "b", "c") == "x y"
    assert raw_string(value, "a", "b", "c") == " x \n y "


def test_control_characters_are_left_out() -> None:
    assert string({"a": "x\x00\x1b[2Jy\tz"}, "a") == "x[2Jy z"


@pytest.mark.parametrize(("value", "text"), [(True, ""), (5, "5"), (Decimal("1.50"), "1.50"), (["x", "y"], "x")])
def test_simple_values_as_text(value: Json, text: str) -> None:
    assert string({"a": value}, "a") == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("7.2", "7.2"),
        ("7.20", "7.20"),
        ("0.0001", "0.0001"),
        ("180.63849467821325", "180.64"),
        ("1.3754999999", "1.38"),
        ("93.000000001", "93"),
        ("0.00001234567", "0.0000123"),
        ("1e400", "1E+400"),
        ("-41.999999", "-42"),
    ],
)
def test_numbers_lose_a_machine_s_long_tail(written: str, shown: str) -> None:
    assert number(Decimal(written)) == shown


@given(st.decimals(-1000, 1000, places=4))
def test_numbers_with_four_decimals_stay_as_written(value: Decimal) -> None:
    assert Decimal(number(value)) == value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-08", date(2026, 11, 8)),
        ("2026-11-08T23:59:00-05:00", date(2026, 11, 8)),
        ("2026-11", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_day_is_the_one_the_sender_wrote(written: str, expected: date | None) -> None:
    assert day(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-08T23:59:00-05:00", datetime(2026, 11, 9, 4, 59, tzinfo=UTC)),
        ("2026-11-08T23:59:00.123Z", datetime(2026, 11, 8, 23, 59, 0, 123000, tzinfo=UTC)),
        ("2026-11-08T23:59:00", date(2026, 11, 8)),
        ("2026-11-08", date(2026, 11, 8)),
        ("2026-11-08Tlate", date(2026, 11, 8)),
        ("0001-01-01T00:00:00+14:00", date(1, 1, 1)),
        ("soon", None),
    ],
)
def test_moment_is_in_utc_or_only_a_day(written: str, expected: datetime | date | None) -> None:
    assert moment(written) == expected


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_not(text: str) -> None:
    assert moment(text) is None or day(text) is not None or "T" in text
