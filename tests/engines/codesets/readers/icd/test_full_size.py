"""Files as large as the real ones, made of every valid code, loaded whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets.shelf import Table
from charthouse.engines.codesets.shelf.shelf import Shelf
from charthouse.engines.codesets.validity import DIAGNOSES, PROCEDURES
from tests.engines.codesets.loading.files import load
from tests.engines.codesets.readers.icd import files


@pytest.mark.parametrize(
    ("system", "key", "day", "count"),
    [
        ("cm", DIAGNOSES, date(2024, 10, 1), 74_260),
        ("cm", DIAGNOSES, date(2025, 10, 1), 74_719),
        ("cm", DIAGNOSES, date(2026, 10, 1), 74_879),
        ("pcs", PROCEDURES, date(2026, 10, 1), 79_256),
    ],
)
def test_an_order_file_of_every_code_has_the_count_of_its_year(
    tmp_path: Path, system: str, key: bytes, day: date, count: int
) -> None:
    text = files.order_text(files.with_headers(files.valid_codes(key, day)))
    report = files.report_of(tmp_path, f"icd10{system}_order_{day.year + 1}.txt", text)
    assert report.refusals == ()
    canaries = report.releases[0].canaries
    assert canaries[0].found == str(count)
    assert [one for one in canaries if not one.holds] == []


def test_a_whole_year_under_the_name_of_the_next_is_refused(tmp_path: Path) -> None:
    text = files.codes_text(files.valid_codes(DIAGNOSES, date(2025, 10, 1)))
    faults = files.faults_of(tmp_path, "icd10cm_codes_2027.txt", text)
    assert {fault.rule for fault in faults} == {"wrong-year"}
    assert len(faults) == 20


def test_both_years_stand_on_one_shelf(tmp_path: Path) -> None:
    for day in (date(2025, 10, 1), date(2026, 10, 1)):
        text = files.codes_text(files.valid_codes(DIAGNOSES, day))
        load(files.written(tmp_path, f"icd10cm_codes_{day.year + 1}.txt", text), tmp_path / "shelf")
    shelf = Shelf(tmp_path / "shelf")
    question = "SELECT count(*) FROM code WHERE code = 'G35A'"
    known = [
        shelf.volumes_on(Table.ICD10CM_CODES, day)[0].first("SELECT count(*) FROM code")
        for day in (date(2026, 9, 30), date(2026, 10, 1))
    ]
    assert known == [(74_719,), (74_879,)]
    assert shelf.volumes_on(Table.ICD10CM_CODES, date(2026, 9, 30))[0].first(question) == (1,)


def test_tables_of_every_pcs_code_are_read(tmp_path: Path) -> None:
    text = files.pcs_text(*files.pcs_tables_of(files.valid_codes(PROCEDURES)))
    report = files.report_of(tmp_path, "icd10pcs_tables_2027.xml", text)
    assert report.refusals == ()
    assert [(one.found, one.holds) for one in report.releases[0].canaries] == [
        ("79256", True),
        ("0016070", True),
        ("XY0YX37", True),
    ]
