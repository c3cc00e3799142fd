"""Whatever the bytes are, a file is loaded or refused: nothing else is raised and nothing is half stored."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets.readers import all_readers
from charthouse.engines.codesets.shelf.shelf import Shelf
from tests.engines.codesets.loading.files import load, order_file, pairs_file, rules

HEADS = [
    ("icd10cm_order_2026.txt", b"00001 A00     0 Cholera "),
    ("icd10cm_codes_2026.txt", b"A000    Cholera "),
    ("icd10cm_tabular_2026.xml", b"<ICD10CM.tabular><version>2026</version><chapter><name>1</name>"),
    ("icd10cm_index_2026.xml", b"<ICD10CM.index><version>2026</version><title>T</title><letter><title>A</title>"),
    ("HCPC2026_OCT_ANWEB.csv", b"HCPC,SEQNUM,RECID,LONG DESCRIPTION\r\n"),
    ("HCPC2026_OCT_ANWEB.txt", b"A0021001003" + b" " * 309 + b"\r\n"),
    ("ccipra-v323r0-f1.txt", b"Column1/Column2 Edits\r\n" * 7),
    ("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", b"Code,MUE Values,MUE Adjudication Indicator,Why\r\n"),
    ("AOC_V2026Q4-MCR.txt", b"AOC_Edit_Type\tAdd-On_Code\ta\tb\tc\td\te\tf\r\n"),
]


@pytest.mark.parametrize(("name", "head"), HEADS, ids=[name for name, _ in HEADS])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tail=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_bytes_are_loaded_or_refused(name: str, head: bytes, tail: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(head + tail)
        report = load(path, Path(folder) / "shelf")
        assert report.outcome in {"loaded", "refused"}
        assert bool(report.refusals) == (report.outcome == "refused")
        assert len(Shelf(Path(folder) / "shelf").releases()) == len(report.releases)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(0, 255))
def test_one_wrong_byte_is_a_row_or_a_fault(at: int, value: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for make in (order_file, pairs_file):
            path = make(Path(folder))
            data = bytearray(path.read_bytes())
            data[at % len(data)] = value
            path.write_bytes(data)
            assert load(path, Path(folder) / make.__name__).outcome in {"loaded", "refused"}


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><ICD10CM.tabular>'
        b"<version>2026</version><chapter><name>&b;</name></chapter></ICD10CM.tabular>",
        b'<!DOCTYPE l SYSTEM "file:///etc/passwd"><ICD10CM.tabular><version>2026</version></ICD10CM.tabular>',
        b"<ICD10CM.tabular><version>2026</version>" + b"<chapter>" * 5000,
        b"<ICD10CM.tabular><version>2026</version><chapter><name>1</name>",
    ],
)
def test_a_trap_in_xml_is_refused(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "icd10cm_tabular_2026.xml"
    path.write_bytes(body)
    assert load(path, tmp_path / "shelf").outcome == "refused"


def test_a_name_of_another_year_is_refused(tmp_path: Path) -> None:
    body = (
        b"<ICD10CM.tabular><version>2026</version><chapter><name>1</name><desc>One</desc></chapter></ICD10CM.tabular>"
    )
    path = tmp_path / "icd10cm_tabular_2027.xml"
    path.write_bytes(body)
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.wrong-year"]


def test_an_order_file_under_the_name_of_another_year_is_refused(tmp_path: Path) -> None:
    # G35 was deleted on 1 October 2025: a file that calls it billable on that day is an older one.
    path = order_file(tmp_path, [("G35", 1, "Multiple sclerosis")], "icd10cm_order_2027.txt")
    report = load(path, tmp_path / "shelf")
    assert rules(report) == ["codesets.wrong-year"]
    assert report.refusals[0].place == "line 1, column code"


def test_a_line_without_end_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = pairs_file(tmp_path)
    path.write_bytes(path.read_bytes() + b"x" * 5_000_000)
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.line-length"]


def test_every_reader_has_a_name_of_its_own() -> None:
    names = [reader.layout for reader in all_readers()]
    assert len(names) == len(set(names))
