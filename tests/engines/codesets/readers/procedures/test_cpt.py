"""CPT files in the AMA's layout: read by parts, refused with line and rule, held to what they say about themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import load_code_book
from charthouse.engines.codesets.loading import FileReport, Head, Recognised
from charthouse.engines.codesets.package_files import made_up_cpt_paths
from charthouse.engines.codesets.readers.procedures.cpt import READER
from charthouse.engines.codesets.shelf import Shelf, Table
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.loading.files import load, rules

NOTICE = "Words of whoever owns these. All rights reserved. 2026 release."
CODES = {"0001X": "Sharpening of a quill", "0002X": "Repair of a quill"}
ON = date(2026, 11, 18)


def lines(*rows: str, notice: str = NOTICE) -> bytes:
    return "\r\n".join([notice, "", *rows, ""]).encode("latin-1")


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def given_file(
    folder: Path, *rows: str, name: str = "LONGULT.txt", notice: str = NOTICE, **given: object
) -> FileReport:
    return load(file(folder, name, lines(*rows, notice=notice)), folder / "shelf", **given)


def test_each_length_of_a_descriptor_is_a_part_of_one_release(tmp_path: Path) -> None:
    for name, text in (("SHORTU.txt", "QUILL"), ("MEDU.txt", "QUILL SHARPENING"), ("LONGULT.txt", "Sharpening")):
        assert given_file(tmp_path, f"0001X {text}", name=name).outcome == "loaded"
    assert given_file(tmp_path, "9Z Twice", name="MODUL.txt").outcome == "loaded"
    book = load_code_book(Shelf(tmp_path / "shelf"))
    entry = book.cpt("0001X", ON)
    assert entry is not None
    assert (entry.short, entry.medium, entry.long) == ("QUILL", "QUILL SHARPENING", "Sharpening")
    assert list(book.cpt_entries(ON)) == ["0001X"]
    assert book.is_valid(Code(CodeSystem.CPT, "0001X"), ON).is_valid


def test_a_modifier_of_cpt_alone_is_known_without_its_words(tmp_path: Path) -> None:
    given_file(tmp_path, "9Z Secret words", name="MODUL.txt")
    known = load_code_book(Shelf(tmp_path / "shelf")).modifier("9z", ON)
    assert known is not None
    assert "Secret" not in known.label


def test_one_part_alone_says_which_codes_there_are(tmp_path: Path) -> None:
    given_file(tmp_path, "0001X QUILL", name="SHORTU.txt")
    book = load_code_book(Shelf(tmp_path / "shelf"))
    assert book.is_valid(Code(CodeSystem.CPT, "0001X"), ON).is_valid
    assert not book.is_valid(Code(CodeSystem.CPT, "0002X"), ON).is_valid


def test_tab_and_blank_both_separate(tmp_path: Path) -> None:
    assert given_file(tmp_path, "0001X\tWith a tab", "0002X With a blank").outcome == "loaded"
    entries = load_code_book(Shelf(tmp_path / "shelf")).cpt_entries(ON)
    assert [entry.long for entry in entries.values()] == ["With a tab", "With a blank"]


def test_the_year_of_the_notice_says_the_days(tmp_path: Path) -> None:
    (release,) = given_file(tmp_path, "0001X Quill").releases
    assert (release.starts, release.ends, release.label) == (date(2026, 1, 1), date(2026, 12, 31), "2026")
    assert release.notes["notice"] == NOTICE


def test_without_a_year_the_day_has_to_be_given(tmp_path: Path) -> None:
    assert rules(given_file(tmp_path, "0001X Quill", notice="Nothing.")) == ["codesets.no-start"]
    assert given_file(tmp_path, "0001X Quill", notice="Nothing.", starts=date(2026, 1, 1)).outcome == "loaded"


@pytest.mark.parametrize(
    ("row", "rule", "place"),
    [
        ("0002X", "codesets.descriptor", "line 4, column 7"),
        ("Z1234 A HCPCS code", "codesets.not-cpt", "line 4, column 1"),
        ("0001X Twice", "codesets.duplicate", "line 4, column 1"),
    ],
)
def test_a_fault_refuses_the_whole_file(tmp_path: Path, row: str, rule: str, place: str) -> None:
    report = given_file(tmp_path, "0001X Quill", row)
    assert rules(report) == [rule]
    assert report.refusals[0].place == place
    assert Shelf(tmp_path / "shelf").releases() == []


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    report = load(file(tmp_path, "LONGULT.txt", lines("0001X Quill", "0002X Ink")[:-4]), tmp_path / "shelf")
    assert report.outcome == "refused"


def test_mixed_encodings_are_refused(tmp_path: Path) -> None:
    data = lines("0001X Quill") + "0002X M\u00e9ni\u00e8re\r\n".encode() + b"x" * 70_000 + b"\r\n0003X \xe9\xff\r\n"
    report = load(file(tmp_path, "LONGULT.txt", data), tmp_path / "shelf")
    assert report.outcome == "refused"


@pytest.mark.parametrize("name", ["LONGULT.csv", "OTHER.txt"])
def test_another_name_is_not_taken_for_cpt(name: str) -> None:
    assert READER.recognise(Head(name, lines("0001X Quill"))) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_recognised_or_not(data: bytes) -> None:
    found = READER.recognise(Head("LONGULT.txt", data))
    assert found is None or (found.table is Table.CPT and not (found.is_made_up and not data))


def made_up(**changes: bytes) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made_up_cpt_paths()} | changes


def test_the_made_up_codes_load_and_are_marked_as_such(tmp_path: Path) -> None:
    for path in made_up_cpt_paths():
        (release,) = load(path, tmp_path / "shelf").releases
        assert release.notes["made-up"] == "yes"
    entries = load_code_book(Shelf(tmp_path / "shelf")).cpt_entries(ON)
    assert len(entries) == 40
    assert all(code.endswith("Z") and entry.short and entry.medium and entry.long for code, entry in entries.items())


def test_descriptors_have_the_lengths_of_their_files() -> None:
    for name, most in (("SHORTU.txt", 28), ("MEDU.txt", 48)):
        rows = made_up()[name].decode().splitlines()[3:]
        assert max(len(row) - 6 for row in rows) <= most


def test_real_codes_under_the_mark_are_refused(tmp_path: Path) -> None:
    data = made_up()["LONGULT.txt"] + b"0001X\tNot made up\r\n"
    report = load(file(tmp_path, "LONGULT.txt", data), tmp_path / "shelf")
    assert rules(report) == ["codesets.not-made-up"]
    assert report.refusals[0].value == "0001X"


def test_a_mark_further_down_is_no_mark() -> None:
    data = lines("MADE-UP CODES IN THE LAYOUT OF CPT", "0001X Quill")
    found = READER.recognise(Head("LONGULT.txt", data))
    assert isinstance(found, Recognised)
    assert not found.is_made_up
