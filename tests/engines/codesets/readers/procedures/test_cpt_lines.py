"""No line of a CPT file is lost in silence: each is notice, row or fault with its place; one encoding, one column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets.loading import FileReport
from charthouse.engines.codesets.shelf import Shelf
from tests.engines.codesets.loading.files import load, only_volume, rules

NOTICE = b"Words of whoever owns these. 2026 release.\r\n\r\n"


def given_file(folder: Path, data: bytes, name: str = "LONGULT.txt", notice: bytes = NOTICE) -> FileReport:
    path = folder / name
    path.write_bytes(notice + data)
    return load(path, folder / "shelf")


@pytest.mark.parametrize("row", [b"0002XInk", b"0002X,Ink", b"0002X;Ink", b"0002xInk", b"0002x\tInk"])
def test_a_row_without_its_separator_or_in_small_letters_is_a_fault(tmp_path: Path, row: bytes) -> None:
    report = given_file(tmp_path, b"0001X\tQuill\r\n" + row + b"\r\n")
    assert rules(report) == ["codesets.separator"]
    assert report.refusals[0].place == "line 4, column 6"


def test_even_the_first_row(tmp_path: Path) -> None:
    assert rules(given_file(tmp_path, b"0001XQuill\r\n0002X\tInk\r\n")) == ["codesets.separator"]


def test_a_wrapped_line_is_a_fault_where_rows_follow(tmp_path: Path) -> None:
    report = given_file(tmp_path, b"0001X\tQuill\r\nof a goose\r\n0002X\tInk\r\n")
    assert rules(report) == ["codesets.line"]
    assert (report.refusals[0].place, report.refusals[0].value) == ("line 4, column 1", "of a goose")


def test_words_below_the_rows_are_no_fault(tmp_path: Path) -> None:
    assert given_file(tmp_path, b"0001X\tQuill\r\n\r\nEnd of the file\r\n\x1a").outcome == "loaded"


def test_a_second_column_is_a_fault(tmp_path: Path) -> None:
    report = given_file(tmp_path, b"0001X\t7\tQuill\r\n")
    assert rules(report) == ["codesets.columns"]
    assert report.refusals[0].place == "line 3, column 7"


def test_a_code_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    report = given_file(tmp_path, b"0001X\tQuill\r\n0002X\tInk\r\n0001X\tPen\r\n")
    assert [(one.rule, one.place) for one in report.refusals] == [("codesets.duplicate", "line 5, column 1")]
    assert "line 3" in report.refusals[0].message


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("0001X\tM\u00e9ni\r\n".encode("cp1252") + "0002X\tM\u00e9ni\r\n".encode(), "line 4"),
        ("0001X\tM\u00e9ni\r\n".encode() + "0002X\tM\u00e9ni\r\n".encode("cp1252"), "line 3"),
        (b"".join(b"%04dX\tQuill\r\n" % at for at in range(6000)) + b"9999X\tM\xe9ni\r\n", "line 6003, column 8"),
    ],
)
def test_a_second_encoding_is_a_fault_with_its_line(tmp_path: Path, rows: bytes, place: str) -> None:
    report = given_file(tmp_path, rows)
    assert rules(report) == ["codesets.encoding"]
    assert report.refusals[0].place == place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_one_encoding_is_read_as_it_is(tmp_path: Path, encoding: str) -> None:
    text = NOTICE.decode() + "0001X\tM\u00e9ni\u00e8re\r\n"
    assert given_file(tmp_path, text.encode(encoding), notice=b"").outcome == "loaded"
    assert only_volume(tmp_path / "shelf").first("SELECT long FROM code") == ("M\u00e9ni\u00e8re",)


@pytest.mark.parametrize("sign", [b"\0", b"\x07", b"\x1b"])
def test_a_sign_that_is_no_text_is_a_fault(tmp_path: Path, sign: bytes) -> None:
    report = given_file(tmp_path, b"0001X\tQu" + sign + b"ill\r\n")
    assert [(one.rule, one.place) for one in report.refusals] == [("codesets.text", "line 3, column 9")]


def test_words_of_a_notice_are_no_modifiers(tmp_path: Path) -> None:
    notice = b"US GOVERNMENT RIGHTS\r\nIN NO EVENT, 2026\r\n"
    assert given_file(tmp_path, b"9Z Twice\r\nLL Left\r\n", "MODUL.txt", notice).outcome == "loaded"
    found = only_volume(tmp_path / "shelf").rows("SELECT modifier, text FROM modifier ORDER BY modifier")
    assert list(found) == [("9Z", "Twice"), ("LL", "Left")]


def test_a_file_under_the_name_of_another_part_is_warned_of(tmp_path: Path) -> None:
    (release,) = given_file(tmp_path, b"0001X " + b"SHARPENING OF QUILLS " * 3 + b"\r\n", "SHORTU.txt").releases
    assert [canary.holds for canary in release.canaries] == [False]
    (release,) = given_file(tmp_path, b"0001X QUILLS, SHARPENING\r\n", "MEDU.txt").releases
    assert [canary.holds for canary in release.canaries] == [True]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.binary(max_size=30).map(lambda raw: raw.replace(b"\n", b"")), max_size=6))
def test_whatever_stands_in_it_every_row_is_kept_or_the_file_refused(tmp_path: Path, rows: list[bytes]) -> None:
    sound = b"".join(b"%04dX\tQuill\r\n" % at for at in range(3))
    for old in Shelf(tmp_path / "shelf").releases():
        (tmp_path / "shelf" / "catalogue.json").unlink(missing_ok=True)
        assert old.rows["code"] >= 3
    report = given_file(tmp_path, b"".join(row + b"\n" for row in rows) + sound)
    assert report.outcome == "refused" or report.releases[0].rows["code"] >= 3
