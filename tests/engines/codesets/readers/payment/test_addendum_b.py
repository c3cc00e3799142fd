"""OPPS Addendum B: cents, status indicators and groups; a lone dot is no value; descriptors are not read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import ADDENDUM, csv_file

NAME = "2026_July_Addendum_B.csv"


def test_money_is_cents_and_a_dot_is_no_value(tmp_path: Path) -> None:
    report = load(csv_file(tmp_path / NAME, ADDENDUM), tmp_path / "shelf")
    assert report.refusals == ()
    assert list(only_volume(tmp_path / "shelf").rows("SELECT * FROM item ORDER BY code")) == [
        ("Z0463", "J2", "5012", 14_879, 13_602, None, 2_721),
        ("Z0464", "N", "", None, None, None, None),
        ("Z0465", "J1", "5115", 1_432_211, 1_309_350, None, 261_870),
    ]
    assert not any(b"secret words" in one.read_bytes() for one in (tmp_path / "shelf").rglob("*.sqlite"))


@pytest.mark.parametrize(
    ("name", "starts", "ends"),
    [
        (NAME, date(2026, 7, 1), date(2026, 9, 30)),
        ("January 2026 Web Addendum B.12312025.csv", date(2026, 1, 1), date(2026, 3, 31)),
        ("Addendum B.2026.OCT.csv", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_quarter_is_that_of_the_month_in_the_name(tmp_path: Path, name: str, starts: date, ends: date) -> None:
    (release,) = load(csv_file(tmp_path / name, ADDENDUM), tmp_path / "shelf").releases
    assert (release.starts, release.ends, release.label) == (starts, ends, f"{starts:%Y %B}")


def test_the_quarter_may_stand_in_the_preamble(tmp_path: Path) -> None:
    rows = [["Addendum B, April 2026", *[""] * 8], *ADDENDUM[1:]]
    assert load(csv_file(tmp_path / "b.csv", rows), tmp_path / "shelf").releases[0].starts == date(2026, 4, 1)
    assert rules(load(csv_file(tmp_path / NAME, rows), tmp_path / "other")) == ["codesets.wrong-release"]
    assert rules(load(csv_file(tmp_path / "b.csv", ADDENDUM), tmp_path / "other")) == ["codesets.no-start"]


def test_the_known_code_of_july_2026_is_looked_at(tmp_path: Path) -> None:
    rows = [[cell.replace("Z0463", "G0463") for cell in row] for row in ADDENDUM]
    (release,) = load(csv_file(tmp_path / NAME, rows), tmp_path / "shelf").releases
    assert [canary.holds for canary in release.canaries] == [True]
    (release,) = load(csv_file(tmp_path / NAME, ADDENDUM), tmp_path / "other").releases
    assert [canary.found for canary in release.canaries] == ["nothing"]


@pytest.mark.parametrize(
    ("row", "at", "text", "rule", "place"),
    [
        (3, 0, "0463", "code", "line 4, column HCPCS Code"),
        (3, 2, "j2", "indicator", "line 4, column SI"),
        (3, 3, "5O12", "group", "line 4, column APC"),
        (3, 4, "1.48791", "number", "line 4, column Relative Weight"),
        (3, 5, "$136.025", "number", "line 4, column Payment Rate"),
        (3, 6, "free", "number", "line 4, column National Unadjusted Copayment"),
        (4, 0, "Z0463", "duplicate", "line 5, column HCPCS Code"),
        (2, 5, "Rate", "header", "line 3, column 6"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, row: int, at: int, text: str, rule: str, place: str) -> None:
    rows = [list(one) for one in ADDENDUM]
    rows[row][at] = text
    report = load(csv_file(tmp_path / NAME, rows), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)


def test_a_cut_row_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path / NAME, ADDENDUM)
    data = path.read_bytes()
    for cut in (1, 2, 8, 30):
        path.write_bytes(data[:-cut] if cut > 1 else data.rstrip(b"\r\n"))
        assert "codesets.cut-off" in rules(load(path, tmp_path / "shelf"))
