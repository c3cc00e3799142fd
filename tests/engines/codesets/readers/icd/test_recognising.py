"""Which file is which: its content says it first, its name second."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.engines.codesets.loading import Head, Recognised
from charthouse.engines.codesets.readers import all_readers
from charthouse.engines.codesets.shelf import Table
from tests.engines.codesets.readers.icd import files

CM_ORDER = files.order_text([("A00", 0), ("A000", 1), ("A0101", 1)])
PCS_ORDER = files.order_text([("001", 0), ("0016070", 1), ("0016071", 1)])
CM_CODES = files.codes_text(["A000", "A001", "A0101", *(f"B{at}0" for at in range(10, 40))])
PCS_CODES = files.codes_text([f"0{at}6070" for at in range(10, 40)])
FORWARD = files.gem_line("0010", "A000", "00000") + files.gem_line("V700", "NoDx", "11000")
BACKWARD = "".join(files.gem_line(f"A{at}0", "0010", "00000", is_forward=False) for at in range(10, 50))
TABULAR = "<?xml version='1.0'?>\n<ICD10CM.tabular><version>2027</version>"
LAYOUTS = [
    (TABULAR, Table.ICD10CM_TABULAR),
    (files.index_text(""), Table.ICD10CM_INDEX),
    (files.index_text("", "ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX"), Table.ICD10CM_EXTERNAL_CAUSE),
    (files.table_text(""), Table.ICD10CM_NEOPLASM),
    (files.table_text("", "Substance"), Table.ICD10CM_DRUG),
    (files.pcs_text(), Table.ICD10PCS_TABLES),
    (CM_ORDER, Table.ICD10CM_CODES),
    (PCS_ORDER, Table.ICD10PCS_CODES),
    (CM_CODES, Table.ICD10CM_CODES),
    (PCS_CODES, Table.ICD10PCS_CODES),
    (FORWARD, Table.GEM_FORWARD),
    (BACKWARD, Table.GEM_BACKWARD),
]


def recognised(name: str, text: str | bytes) -> Recognised | None:
    head = Head(name, text.encode() if isinstance(text, str) else text)
    return next((found for reader in all_readers() if (found := reader.recognise(head))), None)


@pytest.mark.parametrize(("text", "table"), LAYOUTS, ids=[f"{at}-{one[1]}" for at, one in enumerate(LAYOUTS)])
@pytest.mark.parametrize("name", ["renamed.txt", "neoplasm icd10cm_order_drug eindex.xml", "2018_I9gem_old.bak"])
def test_a_renamed_file_is_known_by_its_content(text: str, table: Table, name: str) -> None:
    found = recognised(name, text)
    assert found is not None
    assert found.table is table


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("icd10cm_order_2027.txt", Table.ICD10CM_CODES),
        ("icd10cm-order-April-2026.txt", Table.ICD10CM_CODES),
        ("icd10pcs_order_2027.txt", Table.ICD10PCS_CODES),
        ("icd10cm_codes_2027.txt", Table.ICD10CM_CODES),
        ("icd10pcs_codes_2027.txt", Table.ICD10PCS_CODES),
        ("2018_I9gem.txt", Table.GEM_FORWARD),
        ("2018_I10gem.txt", Table.GEM_BACKWARD),
    ],
)
def test_a_file_whose_first_lines_are_spoilt_is_known_by_its_name(name: str, table: Table) -> None:
    found = recognised(name, "???\r\n")
    assert found is not None
    assert found.table is table


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("icd10cm_order_addenda_2027.txt", "Add:         A000    1 Title\r\n"),
        ("icd10cm_codes_addenda_2027.txt", "Add:    A000    Title\r\n"),
        ("icd10OrderFiles.pdf", "%PDF-1.7\n"),
        ("icd10cm_order_2027.pdf", "%PDF-1.7\n"),
        ("icd10cm_tabular_addenda_2027.xml", TABULAR),
        ("changes.xml", '<ICD10CM.index isAddenda="true"><version>2027</version>'),
        ("icd10cm_index.xsd", '<xsd:schema><xsd:element name="ICD10CM.index"/>'),
        ("a comment.xml", "<!-- <ICD10CM.index> --><html>"),
        ("icd10pcs_index_2027.xml", "<ICD10PCS.index><version>2027</version>"),
        ("three codes.txt", files.codes_text(["A000", "A001", "A0101"])),
        ("five characters.txt", files.codes_text([f"A{at:04d}" for at in range(40)])),
        ("empty.txt", ""),
        ("gem_i9pcs.txt", "0001  6A750Z4 10000\r\n0002  6A750Z5 10000\r\n"),
    ],
)
def test_what_only_looks_alike_is_left(name: str, text: str) -> None:
    assert recognised(name, text) is None


@pytest.mark.parametrize(
    ("name", "version", "label", "starts", "ends"),
    [
        ("icd10cm_index_2027.xml", "2027", "FY 2027", date(2026, 10, 1), date(2027, 9, 30)),
        ("icd10c-index-April-1-2026.xml", "2026", "FY 2026 (April)", date(2026, 4, 1), date(2026, 9, 30)),
        ("renamed.xml", "2026 April 1", "FY 2026 (April)", date(2026, 4, 1), date(2026, 9, 30)),
        ("saved 2026-11-24.xml", "2027", "FY 2027", date(2026, 10, 1), date(2027, 9, 30)),
        ("apricot.xml", "2027", "FY 2027", date(2026, 10, 1), date(2027, 9, 30)),
        ("index.xml", "", "ICD-10", None, None),
    ],
)
def test_a_release_starts_with_its_fiscal_year_or_in_april(
    name: str, version: str, label: str, starts: date | None, ends: date | None
) -> None:
    found = recognised(name, files.index_text("", version=version))
    assert found is not None
    assert (found.label, found.starts, found.ends) == (label, starts, ends)


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("icd10cm_order_2027.txt", date(2026, 10, 1)),
        ("icd10cm-order-April-2026.txt", date(2026, 4, 1)),
        ("20261124 order file.txt", None),
        ("icd10cm_order.txt", None),
    ],
)
def test_the_year_of_an_order_file_stands_in_its_name_alone(name: str, starts: date | None) -> None:
    found = recognised(name, CM_ORDER)
    assert found is not None
    assert found.starts == starts


def test_a_mapping_has_no_end() -> None:
    found = recognised("2018_I9gem.txt", FORWARD)
    assert found is not None
    assert (found.label, found.starts, found.ends) == ("GEM 2018", date(2017, 10, 1), None)


def test_an_order_file_of_seven_character_codes_is_told_apart_by_its_headers() -> None:
    found = recognised("x.txt", files.order_text([("S72001", 0), ("S72001A", 1), ("S72001B", 1)]))
    assert found is not None
    assert found.table is Table.ICD10CM_CODES
    new_technology = files.order_text([("XY0", 0), ("XY0VX83", 1)])
    named = recognised("icd10pcs_order_2027.txt", new_technology)
    assert named is not None
    assert named.table is Table.ICD10PCS_CODES
