"""Headers are found under a preamble, and told apart column by column."""

from __future__ import annotations

import pytest

from charthouse.engines.codesets.loading import Faults
from charthouse.engines.codesets.readers.payment.headings import Keys, alike, below, check, is_footnote, places
from charthouse.kit import Refused

COLUMNS = {"Code": "code", "Rate": "(?:20[0-9]{2} )?rate", "Name": "name"}


def test_a_header_is_known_when_most_of_it_stands_where_it_should() -> None:
    assert alike([" CODE ", "2026\nRate", "Nme"], COLUMNS)
    assert not alike(["Name", "Code", "2026 Rate"], COLUMNS)


def test_every_column_that_differs_is_named() -> None:
    faults = Faults("x")
    with pytest.raises(Refused):
        check(["Code", "Name", "Rate"], COLUMNS, 4, faults)
    assert [(one.place, one.message, one.value) for one in faults.found] == [
        ("line 4, column 2", "Column 2 should be Rate.", "name"),
        ("line 4, column 3", "Column 3 should be Name.", "rate"),
    ]


def test_a_column_too_many_is_a_fault_unless_the_layout_may_have_more() -> None:
    check(["Code", "Rate", "Name", "New"], COLUMNS, 1, Faults("x"), may_have_more=True)
    with pytest.raises(Refused, match="4 columns; 3 are known"):
        check(["Code", "Rate", "Name", "New"], COLUMNS, 1, Faults("x"))


def test_a_column_is_found_by_its_name_wherever_it_stands() -> None:
    assert places(["New", "Name", "Rate", "Code"], COLUMNS, 1, Faults("x")) == {"Code": 3, "Rate": 2, "Name": 1}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["Code", "Rate"], "The column Name is missing"),
        (["Code", "Rate", "2026 rate", "Name"], "Rate is there 2 times"),
    ],
)
def test_a_missing_or_repeated_name_is_a_fault(cells: list[str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        places(cells, COLUMNS, 1, Faults("x"))


def test_rows_stand_below_the_header() -> None:
    rows = [["A title", "", ""], ["Code", "Rate", "Name"], ["", " ", ""], ["Z1 ", "2", "x"]]
    assert list(below(enumerate(rows, 1), COLUMNS, Faults("x"))) == [(4, ["Z1", "2", "x"])]


def test_a_file_without_its_header_says_which_is_missing() -> None:
    faults = Faults("x")
    assert list(below(iter([(1, ["a"])]), COLUMNS, faults)) == []
    assert "Code, Rate, Name" in faults.found[0].message


def test_a_second_row_with_a_key_names_the_first() -> None:
    faults, keys = Faults("x"), Keys("Code")
    assert keys.is_new(("a", ""), 3, faults)
    assert not keys.is_new(("a", ""), 9, faults)
    assert (faults.found[0].place, faults.found[0].message) == ("line 9, column Code", "Line 3 has the same key.")


def test_a_remark_is_not_a_cut_row() -> None:
    assert is_footnote(["* A floor.", "", ""])
    assert not is_footnote(["10112", "", ""])
