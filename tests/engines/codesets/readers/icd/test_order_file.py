"""Order files of both systems: rows, and what refuses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import load, only_volume
from tests.engines.codesets.readers.icd.files import (
    Fault,
    faults_of,
    order_line,
    order_text,
    report_of,
    written,
)
from tests.samples import samples_or_skip

NAME, PCS_NAME = "icd10cm_order_2027.txt", "icd10pcs_order_2027.txt"
GOOD = order_text([("A00", 0), ("A000", 1), ("A001", 1)])


def test_headers_and_codes_are_kept_with_both_titles(tmp_path: Path) -> None:
    report = report_of(tmp_path, NAME, order_line(1, "A00", 0) + order_line(2, "A000", 1, "Cholera " * 20))
    assert report.refusals == ()
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT * FROM code ORDER BY code"))
    long = ("Cholera " * 20).strip()
    assert rows == [("A00", 0, "Made up", "Made up"), ("A000", 1, long[:60].strip(), long)]


def test_the_real_excerpt_is_read(tmp_path: Path) -> None:
    report = load(samples_or_skip("codesets") / "ncci/real-excerpts/icd10cm_order_2026.excerpt.txt", tmp_path)
    assert report.refusals == ()
    row = only_volume(tmp_path).first("SELECT is_billable, short, long FROM code WHERE code = 'A0472'")
    assert row is not None
    assert row[0] == 1
    assert str(row[1]).endswith("not spcf as recur")
    assert str(row[2]).endswith("not specified as recurrent")


def test_pcs_tables_are_headers(tmp_path: Path) -> None:
    report = report_of(tmp_path, PCS_NAME, order_text([("001", 0), ("0016070", 1)]))
    assert report.releases[0].table == "icd-10-pcs-codes"
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT code, is_billable FROM code ORDER BY code"))
    assert rows == [("001", 0), ("0016070", 1)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (order_line(4, "A009", 2), Fault("flag", "line 4, column 15", "2")),
        (order_line(4, "A009", " "), Fault("flag", "line 4, column 15", " ")),
        (order_line(4, "A0O.9", 1), Fault("code", "line 4, column code", "A0O.9")),
        (order_line(4, "ABC", 1), Fault("code", "line 4, column code", "ABC")),
        (order_line(4, "a009", 1), Fault("code", "line 4, column code", "a009")),
        (order_line(4, "", 1), Fault("code", "line 4, column code", "")),
        (order_line(4, "A000", 1), Fault("duplicate", "line 4, column code", "A000")),
        ("00004 A009    1 Cholera\r\n", Fault("line", "line 4, column 23", "00004 A009    1 Cholera")),
        ("000x4" + order_line(4, "A009", 1)[5:], Fault("line", "line 4, column 1", "000x4")),
        ("00004-A009    1 " + "x" * 80 + "\r\n", Fault("line", "line 4, column 6", "00004-A009    1 x")),
        ("00004 A009   x1 " + "x" * 80 + "\r\n", Fault("line", "line 4, column 14", "00004 A009   x1 x")),
        (order_line(4, "A009", 1, "bell\x07"), Fault("text", "line 4, column 21", "'\\x07'")),
        (order_line(4, "A009", 1)[:-2], Fault("cut-off", "line 4, column 84", order_line(4, "A009", 1)[:60])),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, line: str, fault: Fault) -> None:
    assert faults_of(tmp_path, NAME, GOOD + line) == [fault]


def test_every_bad_line_is_told(tmp_path: Path) -> None:
    bad = order_line(4, "A0", 1) + order_line(5, "A009", 7) + "short\r\n"
    assert [fault.rule for fault in faults_of(tmp_path, NAME, GOOD + bad)] == ["code", "flag", "line"]


@pytest.mark.parametrize(("code", "flag"), [("001", 1), ("0016070", 0), ("001607I", 1), ("00160", 0)])
def test_a_pcs_code_has_seven_characters_and_a_header_three(tmp_path: Path, code: str, flag: int) -> None:
    (fault,) = faults_of(tmp_path, PCS_NAME, order_text([("002", 0), ("0016071", 1), (code, flag)]))
    assert (fault.rule, fault.value) == ("code", code)


@pytest.mark.parametrize(
    ("code", "year", "why"),
    [
        ("G35", 2027, "ended on 2025-09-30"),
        ("G35", 2026, "ended on 2025-09-30"),
        ("G35A", 2025, "starts on 2025-10-01"),
    ],
)
def test_a_code_of_another_year_refuses_the_file(tmp_path: Path, code: str, year: int, why: str) -> None:
    report = report_of(tmp_path, f"icd10cm_order_{year}.txt", order_text([("A00", 0), ("A000", 1), (code, 1)]))
    (refusal,) = report.refusals
    assert (refusal.rule, refusal.place, refusal.value) == ("codesets.wrong-year", "line 3, column code", code)
    assert why in refusal.message
    assert report.releases == ()


def test_headers_and_days_nobody_knows_are_no_reason_to_refuse(tmp_path: Path) -> None:
    header = report_of(tmp_path, NAME, order_text([("G35", 0), ("G35A", 1)]))
    assert header.refusals == ()
    future = report_of(tmp_path, "icd10cm_order_2031.txt", order_text([("G35", 1), ("A000", 1)]))
    assert future.refusals == ()
    assert future.releases[0].canaries == ()


def test_a_pcs_code_of_another_year_refuses_the_file(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "icd10pcs_order_2016.txt", order_text([("XY0", 0), ("XY0YX37", 1), ("001", 0)]))
    assert (fault.rule, fault.place) == ("wrong-year", "line 2, column code")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_are_read_in_the_encodings_of_all_releases(tmp_path: Path, encoding: str) -> None:
    text = GOOD + order_line(4, "H8109", 1, "M\u00e9ni\u00e8re's disease")
    assert report_of(tmp_path, NAME, text.encode(encoding)).refusals == ()
    title = ("M\u00e9ni\u00e8re's disease",) * 2
    assert only_volume(tmp_path / "shelf").first("SELECT short, long FROM code WHERE code = 'H8109'") == title


def test_columns_may_count_bytes(tmp_path: Path) -> None:
    short, long = "M\u00e9ni\u00e8re's".encode(), "M\u00e9ni\u00e8re's disease".encode()
    line = b"00004 H8109   1 " + short.ljust(60) + b" " + long + b"\r\n"
    assert report_of(tmp_path, NAME, GOOD.encode() + line).refusals == ()
    found = only_volume(tmp_path / "shelf").first("SELECT short, long FROM code WHERE code = 'H8109'")
    assert found == (short.decode(), long.decode())


def test_two_encodings_in_one_file_are_refused(tmp_path: Path) -> None:
    lines = [
        order_line(4, "H8101", 1, "M\u00e9ni\u00e8re").encode(),
        order_line(5, "H8102", 1, "M\u00e9ni\u00e8re").encode("cp1252"),
    ]
    faults = faults_of(tmp_path, NAME, GOOD.encode() + b"".join(lines))
    assert [(fault.rule, fault.place) for fault in faults] == [("encoding", "line 5, column 17")]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    line = order_line(4, "A009", 1, "x").encode().replace(b" x\r\n", b" \x81\r\n")
    assert [fault[:2] for fault in faults_of(tmp_path, NAME, GOOD.encode() + line)] == [
        ("encoding", "line 4, column 78")
    ]


def test_unix_line_ends_blank_lines_and_an_end_mark_of_dos_are_no_faults(tmp_path: Path) -> None:
    data = GOOD.replace("\r\n", "\n") + "\n  \n\x1a"
    assert report_of(tmp_path, NAME, data).releases[0].rows == {"code": 3}


def test_the_order_file_of_a_zip_goes_before_its_codes_file(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "april-1-2026-code-descriptions.zip", "w") as archive:
        archive.writestr("icd10cm_codes_2027.txt", "A000    Cholera\r\nA001    Cholera\r\n")
        archive.writestr("icd10cm_codes_addenda_2027.txt", "Add:    A001    Cholera\r\n")
        archive.writestr("icd10cm_order_2027.txt", GOOD)
        archive.writestr("icd10OrderFiles.pdf", "%PDF")
    report = load(tmp_path / "april-1-2026-code-descriptions.zip", tmp_path / "shelf")
    assert [dict(release.rows) for release in report.releases] == [{"code": 3}]
    assert len(report.left) == 3


def test_an_endless_line_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = written(tmp_path, NAME, GOOD.encode() + b"x" * 3_000_000)
    assert [one.rule for one in load(path, tmp_path / "shelf").refusals] == ["codesets.line-length"]
