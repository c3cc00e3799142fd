"""PPRRVU csv: mapped by position after its stacked headings were compared; exact numbers; no descriptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets.shelf import Table
from charthouse.engines.codesets.shelf.shelf import Shelf
from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import STACK, STACK_26, SURGERY, VISIT, later, values_file

ROW = "SELECT * FROM value ORDER BY code"
TITLE_26 = "2026 National Physician Fee Schedule Relative Value File July Release"


def test_each_column_is_kept_in_its_unit(tmp_path: Path) -> None:
    assert load(values_file(tmp_path), tmp_path / "shelf").refusals == ()
    assert list(only_volume(tmp_path / "shelf").rows(ROW)) == [
        (
            "Z0001", "", "A", 130, 135, "", 57, "", 10, 275, 197, "0", "XXX", 0, 0, 0, "0", "0", "0", "0", "0", "", "",
            323_465, "09", "0", "99", 0, 0, 0,
        ),
        (
            "Z0002", "TC", "A", 1960, 1530, "NA", 1530, "", 398, 3888, 3888, "0", "090", 10, 69, 21, "2", "1", "2",
            "1", "0", "", "Z0001", 323_465, "09", "0", "99", 326, 326, 4,
        ),
    ]  # fmt: skip


def test_the_price_indicator_of_2026_moves_what_follows_it(tmp_path: Path) -> None:
    rows = [later(VISIT, "33.4009", "7"), later(SURGERY, "33.4009")]
    file = values_file(tmp_path, rows, STACK_26, "PPRRVU2026_Jul_nonQPP.csv", TITLE_26)
    report = load(file, tmp_path / "shelf")
    assert report.refusals == ()
    assert [canary.holds for canary in report.releases[0].canaries] == [True, True]
    question = "SELECT team, price_indicator, endoscopic_base, conversion_factor, supervision FROM value ORDER BY code"
    assert list(only_volume(tmp_path / "shelf").rows(question)) == [
        ("0", "7", "", 334_009, "09"),
        ("0", "9", "Z0001", 334_009, "09"),
    ]


@pytest.mark.parametrize(
    ("name", "title", "label", "starts", "ends"),
    [
        ("PPRRVU2025_Oct.csv", "x", "2025 October", date(2025, 10, 1), date(2025, 12, 31)),
        ("PPRRVU25_JUL.csv", "x", "2025 July", date(2025, 7, 1), date(2025, 9, 30)),
        ("rvu25B.csv", "x", "2025 April", date(2025, 4, 1), date(2025, 6, 30)),
        ("RVU25A.csv", "x", "2025 January", date(2025, 1, 1), date(2025, 3, 31)),
        (
            "values.csv",
            "2025 National Physician Fee Schedule Relative Value File  April Release",
            "2025 April",
            date(2025, 4, 1),
            date(2025, 6, 30),
        ),
    ],
)
def test_the_release_is_known_by_name_or_title(
    tmp_path: Path, name: str, title: str, label: str, starts: date, ends: date
) -> None:
    (release,) = load(values_file(tmp_path, name=name, title=title), tmp_path / "shelf").releases
    assert (release.table, release.label, release.starts, release.ends) == (Table.RVU, label, starts, ends)


def test_days_that_nothing_tells_are_asked_for(tmp_path: Path) -> None:
    file = values_file(tmp_path, name="values.csv", title="")
    assert rules(load(file, tmp_path / "shelf")) == ["codesets.no-start"]
    assert load(file, tmp_path / "shelf", starts=date(2025, 1, 1)).releases[0].starts == date(2025, 1, 1)


def test_a_name_that_contradicts_the_title_is_refused(tmp_path: Path) -> None:
    report = load(values_file(tmp_path, name="PPRRVU2025_Jan.csv"), tmp_path / "shelf")
    assert rules(report) == ["codesets.wrong-release"]
    assert "2025-01" in report.refusals[0].message
    assert "2025-10" in report.refusals[0].message


def test_the_two_files_of_a_year_are_two_tables(tmp_path: Path) -> None:
    for track, factor in (("nonQPP", "33.4009"), ("QPP", "33.5675")):
        file = values_file(tmp_path, [later(VISIT, factor)], STACK_26, f"PPRRVU2026_Jul_{track}.csv", TITLE_26)
        assert load(file, tmp_path / "shelf").refusals == ()
    shelf = Shelf(tmp_path / "shelf")
    question = "SELECT conversion_factor FROM value"
    factors = {one.table: shelf.volume(one).first(question) for one in shelf.releases()}
    assert factors == {Table.RVU: (334_009,), Table.RVU_QPP: (335_675,)}


@pytest.mark.parametrize("name", ["PPRRVU2026_Jul_nonQPP.csv", "PPRRVU2026_Jul.csv"])
def test_the_factor_of_the_other_file_gives_a_wrong_name_away(tmp_path: Path, name: str) -> None:
    file = values_file(tmp_path, [later(VISIT, "33.5675")], STACK_26, name, TITLE_26)
    assert rules(load(file, tmp_path / "shelf")) == ["codesets.wrong-table"]


def _with(at: int, text: str) -> list[str]:
    return [*VISIT[:at], text, *VISIT[at + 1 :]]


@pytest.mark.parametrize(
    ("row", "rule", "place"),
    [
        (_with(5, "1.305"), "number", "line 8, column work"),
        (_with(5, "one"), "number", "line 8, column work"),
        (_with(5, "-1.30"), "number", "line 8, column work"),
        (_with(6, "1.3\uff15"), "number", "line 8, column nonfacility_pe"),
        (_with(24, "32.34651"), "number", "line 8, column conversion_factor"),
        (_with(0, "total"), "code", "line 8, column HCPCS"),
        (_with(0, "100"), "code", "line 8, column HCPCS"),
        (_with(0, "Z000\u0661"), "code", "line 8, column HCPCS"),
        (_with(1, "2"), "indicator", "line 8, column modifier"),
        (_with(3, ""), "indicator", "line 8, column status"),
        (_with(7, "N/A"), "indicator", "line 8, column nonfacility_na"),
        (_with(14, "0000"), "indicator", "line 8, column global_days"),
        (VISIT[:-1], "columns", "line 8, column 31"),
        ([*VISIT, ""], "columns", "line 8, column 32"),
    ],
)  # fmt: skip
def test_a_wrong_row_refuses_the_file_with_line_and_column(
    tmp_path: Path, row: list[str], rule: str, place: str
) -> None:
    if any(not cell.isascii() for cell in row):
        row = [cell.encode("utf-8").decode("latin-1") for cell in row]
    report = load(values_file(tmp_path, [row, SURGERY]), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)
    assert Shelf(tmp_path / "shelf").releases() == []


def test_a_code_and_modifier_that_stand_twice_are_refused(tmp_path: Path) -> None:
    report = load(values_file(tmp_path, [VISIT, SURGERY, VISIT]), tmp_path / "shelf")
    assert rules(report) == ["codesets.duplicate"]
    assert report.refusals[0].place == "line 10, column HCPCS, MOD"
    assert "Line 8" in report.refusals[0].message


@pytest.mark.parametrize(("row", "at", "text"), [(4, 17, "PRE"), (3, 6, "FACILITY"), (4, 5, "")])
def test_a_heading_that_differs_is_named(tmp_path: Path, row: int, at: int, text: str) -> None:
    stack = [list(one) for one in STACK]
    stack[row][at] = text
    report = load(values_file(tmp_path, stack=stack), tmp_path / "shelf")
    assert rules(report) == ["codesets.header"]
    assert report.refusals[0].place == f"line 7, column {at + 1}"


def test_a_column_more_than_is_known_is_refused(tmp_path: Path) -> None:
    stack = [[*row, "NEW"] for row in STACK_26]
    report = load(values_file(tmp_path, [[*later(VISIT, "33.4009"), "1"]], stack), tmp_path / "shelf")
    assert "codesets.header" in rules(report)


def test_all_faults_come_at_once_up_to_twenty(tmp_path: Path) -> None:
    rows = [[f"Z{at:04d}", *_with(5, "x")[1:]] for at in range(30)]
    assert len(load(values_file(tmp_path, rows), tmp_path / "shelf").refusals) == 20
    assert len(load(values_file(tmp_path, rows[:7]), tmp_path / "shelf").refusals) == 7


def test_a_file_without_its_header_is_not_taken_for_one(tmp_path: Path) -> None:
    assert rules(load(values_file(tmp_path, stack=[]), tmp_path / "shelf")) == ["codesets.not-recognised"]


def test_descriptions_of_codes_are_kept_nowhere(tmp_path: Path) -> None:
    load(values_file(tmp_path), tmp_path / "shelf")
    (file,) = (tmp_path / "shelf").rglob("*.sqlite")
    assert b"secret words" not in file.read_bytes()
