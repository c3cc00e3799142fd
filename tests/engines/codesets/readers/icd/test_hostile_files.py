"""Whatever the bytes are: rows or a refusal in words, nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets.loading import Faults, Head, Source
from charthouse.engines.codesets.readers.icd import READERS
from charthouse.engines.codesets.readers.icd import xml as xml_reading
from charthouse.engines.codesets.shelf.shelf import Shelf
from charthouse.kit import Refused
from tests.engines.codesets.loading.files import load
from tests.engines.codesets.readers.icd import files

INDEX_BODY = (
    '<mainTerm><title>A<nemod>(b)</nemod> c</title><code>A00.-</code><term level="1"><title>d</title></term></mainTerm>'
)
CELLS = '<mainTerm><title>N</title><cell col="2">C80.1</cell><cell col="3">-</cell></mainTerm>'
DIAG = '<section id="A00-A09"><desc>S</desc><diag><name>A00</name><desc>T</desc></diag></section>'
SAMPLES = {
    "icd10cm_order_2027.txt": files.order_text([("A00", 0), ("A000", 1), ("H8109", 1)]),
    "icd10pcs_order_2027.txt": files.order_text([("001", 0), ("0016070", 1)]),
    "icd10cm_codes_2027.txt": files.codes_text(["A000", "A001"]),
    "2018_I9gem.txt": files.gem_line("0010", "A000", "00000") * 2,
    "2018_I10gem.txt": files.gem_line("A000", "0010", "00000", is_forward=False),
    "icd10cm_index_2027.xml": files.index_text(INDEX_BODY),
    "icd10cm_neoplasm_2027.xml": files.table_text(CELLS),
    "icd10pcs_tables_2027.xml": files.pcs_text(files.pcs_table("001", files.pcs_row("6", "03", "7", "01"))),
    "icd10cm_tabular_2027.xml": "<ICD10CM.tabular><version>2027</version><chapter><name>1</name><desc>C</desc>"
    f"{DIAG}</chapter></ICD10CM.tabular>",
}
NAMES = list(SAMPLES)


def check(name: str, data: bytes) -> None:
    """Load a file, and read it with every reader that takes it, alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = files.written(Path(folder), name, data)
        report = load(path, Path(folder) / "shelf")
        assert bool(report.refusals) == (report.outcome == "refused")
        assert all(one.message and one.rule.startswith("codesets.") for one in report.refusals)
        assert len(Shelf(Path(folder) / "shelf").releases()) == len(report.releases)
        source = Source(name, len(data), lambda: path.open("rb"))
        for reader in READERS:
            what = reader.recognise(Head(name, source.head()))
            if what is None:
                continue
            sheets = {sheet.name: len(sheet.columns) for sheet in reader.sheets}
            faults = Faults(name)
            with suppress(Refused):
                assert all(len(row) == sheets[sheet] for sheet, row in reader.read([source], what, faults))


def of_sample(change: Callable[[bytes, int, int], bytes]) -> Callable[[str, int, int], None]:
    def test(name: str, at: int, value: int) -> None:
        data = SAMPLES[name].encode()
        check(name, change(data, at % len(data), value))

    return test


EASY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACES = (st.sampled_from(NAMES), st.integers(0, 5_000), st.integers(0, 255))


@EASY
@given(st.sampled_from(NAMES), st.binary(max_size=300) | st.text(max_size=150).map(str.encode))
def test_any_bytes_under_an_official_name(name: str, data: bytes) -> None:
    check(name, data)


@EASY
@given(*PLACES)
def test_a_changed_byte(name: str, at: int, value: int) -> None:
    of_sample(lambda data, place, byte: data[:place] + bytes([byte]) + data[place + 1 :])(name, at, value)


@EASY
@given(*PLACES)
def test_a_file_cut_off_anywhere(name: str, at: int, value: int) -> None:
    of_sample(lambda data, place, _: data[:place])(name, at, value)


@EASY
@given(*PLACES)
def test_a_stretch_taken_out_or_written_twice(name: str, at: int, value: int) -> None:
    of_sample(lambda data, place, size: data[:place] + data[place + size :])(name, at, value)
    of_sample(lambda data, place, size: data[: place + size] + data[place:])(name, at, value)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".xml")])
def test_xml_that_is_cut_off_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    data = SAMPLES[name].encode()
    (fault,) = files.faults_of(tmp_path, name, data[: len(data) * 2 // 3])
    assert (fault.rule, fault.place.split()[0]) == ("xml", "line")


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ('<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n', 2),
        ('<!DOCTYPE l SYSTEM "file:///etc/passwd">\n', 1),
        ("<!-- " + "x" * 70_000 + " -->\n<!DOCTYPE l>\n", 1),
    ],
)
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".xml")])
def test_a_document_type_is_refused(tmp_path: Path, name: str, before: str, line: int) -> None:
    text = SAMPLES[name].removeprefix("<?xml version='1.0' encoding='utf-8'?>\n")
    report = files.report_of(tmp_path, name, before + text)
    assert report.outcome == "refused"
    if len(before) < 1000:
        assert [(one.rule, one.place) for one in report.refusals] == [("codesets.xml", f"line {line}")]


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".xml")])
def test_elements_nested_too_deep_are_refused(tmp_path: Path, name: str) -> None:
    start, _, _ = SAMPLES[name].partition("</version>")
    for tag in ("term", "mainTerm", "diag", "chapter", "pcsTable"):
        data = f"{start}</version>" + f"<{tag}>" * 3_000
        assert [fault.rule for fault in files.faults_of(tmp_path, name, data)] == ["xml"]


def test_a_file_larger_than_any_release_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MOST_BYTES", 1_000)
    text = files.index_text(INDEX_BODY * 50)
    assert [fault.rule for fault in files.faults_of(tmp_path, "index.xml", text)] == ["too-large"]


def test_an_element_larger_than_any_release_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MOST_ELEMENTS", 20)
    body = f"<mainTerm><title>A</title>{'<term><title>b</title></term>' * 40}</mainTerm>"
    assert [fault.rule for fault in files.faults_of(tmp_path, "index.xml", files.index_text(body))] == ["too-large"]


def test_elements_nobody_asked_for_are_passed_over(tmp_path: Path) -> None:
    text = files.index_text(INDEX_BODY).replace("<letter>", "<other><title>x</title><mainTerms/></other>\n<letter>", 1)
    assert files.report_of(tmp_path, "index.xml", text).releases[0].rows["entry"] == 2


def test_what_was_read_is_forgotten(tmp_path: Path) -> None:
    path = files.written(tmp_path, "index.xml", files.index_text(INDEX_BODY * 3_000))
    source = Source("index.xml", -1, lambda: path.open("rb"))
    held = [
        sum(1 for _ in element.getroottree().iter())
        for element in xml_reading.elements(source, "ICD10CM.index", ("mainTerm",), Faults("index.xml"))
    ]
    assert len(held) == 3_000
    assert max(held) < 2_000  # of 18,000: what one block of the file holds, not the whole
