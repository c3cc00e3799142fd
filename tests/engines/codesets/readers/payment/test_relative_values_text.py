"""PPRRVU text says the same as the csv beside it; a line of another length is refused."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import SURGERY, VISIT, values_file, values_lines, zipped_tables
from tests.samples import samples_or_skip

ROWS = "SELECT * FROM value ORDER BY code, modifier"


def _text_file(folder: Path, data: bytes, name: str = "PPRRVU25_OCT.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_text_and_csv_say_the_same(tmp_path: Path) -> None:
    load(values_file(tmp_path), tmp_path / "csv")
    report = load(_text_file(tmp_path, values_lines([VISIT, SURGERY])), tmp_path / "text")
    assert (report.releases[0].label, report.releases[0].ends) == ("2025 October", date(2025, 12, 31))
    found = [list(only_volume(tmp_path / one).rows(ROWS)) for one in ("csv", "text")]
    assert found[0] == found[1]
    assert found[1][1][13:16] == (10, 69, 21)


def test_shares_written_as_per_cent_are_the_same_shares(tmp_path: Path) -> None:
    data = values_lines([SURGERY]).replace(b"090.10.69.21", b"090010069021")
    load(_text_file(tmp_path, data), tmp_path / "shelf")
    assert only_volume(tmp_path / "shelf").first("SELECT pre, intra, post FROM value") == (10, 69, 21)


def test_where_a_zip_has_both_the_csv_is_read_once(tmp_path: Path) -> None:
    path = zipped_tables(tmp_path / "rvu25d.zip", {})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("PPRRVU25_OCT.txt", values_lines([VISIT, SURGERY]))
        archive.write(values_file(tmp_path), "PPRRVU2025_Oct.csv")
    report = load(path, tmp_path / "shelf")
    assert [source.name for source in report.releases[0].sources] == ["PPRRVU2025_Oct.csv"]
    assert report.left == ("PPRRVU25_OCT.txt",)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (b"\r\nZ0001", b"\r\n Z0001", "line"),
        (b"Z0001  secret", b"Z00 1  secret", "code"),
        (b"  1.30", b"1.3 05", "number"),
        (b"\r\nZ0002TC", b"\r\nZ0001  ", "duplicate"),
    ],
)
def test_a_wrong_line_refuses_the_file(tmp_path: Path, before: bytes, after: bytes, rule: str) -> None:
    data = values_lines([VISIT, SURGERY])
    assert before in data
    report = load(_text_file(tmp_path, data.replace(before, after, 1)), tmp_path / "shelf")
    assert rules(report) == [f"codesets.{rule}"]
    assert report.refusals[0].place.startswith("line ")


def test_a_line_that_is_cut_off_refuses_the_file(tmp_path: Path) -> None:
    data = values_lines([VISIT, SURGERY])
    for cut in (1, 2, 30, 199):
        assert rules(load(_text_file(tmp_path, data[:-cut]), tmp_path / "shelf")) == ["codesets.line"]


def test_a_text_file_of_a_later_year_is_refused_for_its_unknown_columns(tmp_path: Path) -> None:
    file = _text_file(tmp_path, values_lines([VISIT]), "PPRRVU26_JAN.txt")
    report = load(file, tmp_path / "shelf")
    assert rules(report) == ["codesets.layout"]
    assert "csv" in report.refusals[0].mend


def test_the_sample_says_the_same_as_text(tmp_path: Path) -> None:
    sample = samples_or_skip("codesets") / "rvu" / "PPRRVU2025_Oct.csv.gz"
    rows = list(csv.reader(io.StringIO(gzip.decompress(sample.read_bytes()).decode("latin-1"))))[10:]
    report = load(_text_file(tmp_path, values_lines(rows)), tmp_path / "text")
    assert [canary.what for canary in report.releases[0].canaries if not canary.holds] == []
    load(sample, tmp_path / "csv")
    found = [list(only_volume(tmp_path / one).rows(ROWS)) for one in ("csv", "text")]
    assert found[0] == found[1]
    assert len(found[0]) == 19_090
