"""GPCI, anesthesia factors and the counties of localities: small files with preambles, footnotes and lost zeros."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import ANES, GPCI, LOCCO, csv_file

Rows = Sequence[Sequence[str]]


def _changed(rows: Rows, row: int, at: int, text: str) -> list[list[str]]:
    found = [list(one) for one in rows]
    found[row][at] = text
    return found


def test_indices_are_thousandths_and_footnotes_are_left(tmp_path: Path) -> None:
    (release,) = load(csv_file(tmp_path / "GPCI2025.csv", GPCI), tmp_path / "shelf").releases
    assert (release.label, release.starts, release.ends) == ("2025", date(2025, 1, 1), date(2025, 12, 31))
    assert list(only_volume(tmp_path / "shelf").rows("SELECT * FROM locality")) == [
        ("00112", "QA", "00", "NOWHERE", 1000, 869, 575),
        ("00212", "QB", "01", "ELSEWHERE", 1500, 1081, 592),
    ]


def test_of_two_work_indices_the_one_with_the_floor_is_kept(tmp_path: Path) -> None:
    extra = ["", "", "2026 PW GPCI (without 1.0 Floor)", "0.988", "1.5", ""]
    rows = [[*row[:4], more, *row[4:]] for row, more in zip(GPCI, extra, strict=True)]
    rows[2] = [cell.replace("2025", "2026").replace("Floor)", "Floor)***") for cell in rows[2]]
    load(csv_file(tmp_path / "GPCI2026.csv", rows), tmp_path / "shelf")
    assert only_volume(tmp_path / "shelf").first("SELECT work, practice_expense FROM locality") == (1000, 869)


@pytest.mark.parametrize(
    ("rows", "rule", "place"),
    [
        (_changed(GPCI, 3, 0, "112"), "locality", "line 4, column mac"),
        (_changed(GPCI, 3, 2, "0"), "locality", "line 4, column locality"),
        (_changed(GPCI, 3, 5, "0.8691"), "number", "line 4, column practice_expense"),
        (_changed(GPCI, 3, 6, ""), "blank", "line 4, column malpractice"),
        (_changed(GPCI, 2, 6, "2025 XX GPCI"), "header", "line 3, column malpractice"),
        (_changed(_changed(GPCI, 4, 0, "00112"), 4, 2, "00"), "duplicate", "line 5, column MAC, locality"),
        ([*GPCI, ["00312", "QC", "00"]], "columns", "line 7"),
        (_changed(GPCI, 2, 4, "2024 PW GPCI"), "wrong-release", "line 1, column name"),
    ],
)
def test_a_wrong_index_file_is_refused(tmp_path: Path, rows: Rows, rule: str, place: str) -> None:
    report = load(csv_file(tmp_path / "GPCI2025.csv", rows), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)


def test_anesthesia_factors_are_ten_thousandths(tmp_path: Path) -> None:
    (release,) = load(csv_file(tmp_path / "ANES2025.csv", ANES), tmp_path / "shelf").releases
    assert (release.label, release.ends) == ("2025", date(2025, 12, 31))
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT * FROM factor"))
    assert rows == [("00112", "00", "NOWHERE", 193_100), ("00212", "01", "ELSEWHERE", 278_655)]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (_changed(ANES, 1, 0, "112"), "locality"),
        (_changed(ANES, 1, 3, ""), "blank"),
        (_changed(ANES, 1, 3, "19,31"), "number"),
        (_changed(ANES, 2, 0, "00112 "), None),
        ([*ANES[:2], ANES[1]], "duplicate"),
        ([[*row, "20.99"] for row in ANES], "header"),
        (_changed(ANES, 0, 3, "Rate"), "header"),
    ],
)
def test_a_wrong_factor_file_is_refused(tmp_path: Path, rows: Rows, rule: str | None) -> None:
    report = load(csv_file(tmp_path / "ANES2025.csv", rows), tmp_path / "shelf")
    assert rules(report) == ([f"codesets.{rule}"] if rule else [])


def test_counties_have_their_zeros_back_and_inherit_contractor_and_state(tmp_path: Path) -> None:
    (release,) = load(csv_file(tmp_path / "25LOCCO.csv", LOCCO), tmp_path / "shelf").releases
    assert (release.label, release.starts) == ("2025", date(2025, 1, 1))
    assert list(only_volume(tmp_path / "shelf").rows("SELECT * FROM county")) == [
        ("09112", "00", "NOWHERE", "STATEWIDE", "ALL COUNTIES"),
        ("02202", "03", "ELSEWHERE", "NORTH", "ASH, BIRCH"),
        ("02202", "99", "ELSEWHERE", "REST OF STATE", "CEDAR, ELM AND FIR"),
    ]


@pytest.mark.parametrize(
    ("rows", "rule", "place"),
    [
        (_changed(LOCCO, 3, 0, ""), "contractor", "line 4, column 1"),
        (_changed(LOCCO, 3, 1, "A"), "locality", "line 4, column 2"),
        (_changed(LOCCO, 3, 3, ""), "blank", "line 4, column 3, 4"),
        (_changed(LOCCO, 2, 4, "Cities"), "header", "line 3, column 5"),
        ([*LOCCO, ["3302", "1", "X", "Y"]], "columns", "line 11"),
        (_changed(LOCCO, 0, 0, "COUNTIES INCLUDED IN 2024 LOCALITIES"), "wrong-release", "line 1, column name"),
    ],
)
def test_a_wrong_county_file_is_refused(tmp_path: Path, rows: Rows, rule: str, place: str) -> None:
    report = load(csv_file(tmp_path / "25LOCCO.csv", rows), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)
