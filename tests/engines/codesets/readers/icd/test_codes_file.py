"""Codes files of both systems."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import only_volume
from tests.engines.codesets.readers.icd.files import Fault, codes_text, faults_of, report_of

NAME = "icd10cm_codes_2027.txt"


def test_every_code_is_billable_and_has_its_long_title(tmp_path: Path) -> None:
    report = report_of(tmp_path, NAME, "A000    Cholera due to  something\r\nS72001A Fracture\r\n")
    assert report.refusals == ()
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT * FROM code ORDER BY code"))
    assert rows == [("A000", 1, "", "Cholera due to something"), ("S72001A", 1, "", "Fracture")]


def test_a_single_blank_between_code_and_title_is_enough(tmp_path: Path) -> None:
    assert report_of(tmp_path, NAME, "A000 Cholera\nA001\tCholera\n").releases[0].rows == {"code": 2}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("A009\r\n", Fault("line", "line 3, column 4", "A009")),
        ("A009    \r\n", Fault("line", "line 3, column 8", "A009    ")),
        ("A00.9   Cholera\r\n", Fault("code", "line 3, column code", "A00.9")),
        ("A000    Cholera\r\n", Fault("duplicate", "line 3, column code", "A000")),
        ("G35     Sclerosis\r\n", Fault("wrong-year", "line 3, column code", "G35")),
        ("A009    Chol", Fault("cut-off", "line 3, column 12", "A009    Chol")),
        ("A009    Chol\0\r\n", Fault("text", "line 3, column 13", "'\\x00'")),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, line: str, fault: Fault) -> None:
    assert faults_of(tmp_path, NAME, codes_text(["A000", "A001"]) + line) == [fault]


def test_a_pcs_codes_file_has_only_codes_of_seven_characters(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, "icd10pcs_codes_2027.txt", codes_text(["0016070", "001607O", "00160"]))
    assert [(fault.rule, fault.value) for fault in faults] == [("code", "001607O"), ("code", "00160")]
