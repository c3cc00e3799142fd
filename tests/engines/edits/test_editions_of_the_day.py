"""Edits read the notes of the edition that is in force on the date of service, not those of the newest one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from charthouse.engines.codesets import CodeBook
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.validity import ValidityTable
from charthouse.engines.edits.case import CodedDiagnosis, CodingCase
from charthouse.engines.edits.excludes import check_excludes1
from charthouse.engines.edits.hypertension import check_hypertension
from charthouse.engines.edits.sequencing import check_sequence
from charthouse.kit import Code, ServiceDates
from tests.engines.codesets.making import tabular

CODES = ("A00", "B00", "I10", "I110", "I50")
BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 1)


def chapter(note: str, title: str = "x") -> str:
    others = "".join(f"<diag><name>{code}</name><desc>{title}</desc></diag>" for code in ("B00", "I10", "I11.0", "I50"))
    first = f"<diag><name>A00</name><desc>x</desc>{note}</diag>"
    return f"<chapter><name>1</name><desc>x</desc>{first}{others}</chapter>"


def book(path: Path, note: str) -> CodeBook:
    """The note stands in the edition of fiscal year 2027 alone."""
    older = Edition(tabular(path / "a.xml", chapter("", "older words")), "2026", date(2025, 10, 1), BEFORE)
    newer = Edition(tabular(path / "b.xml", chapter(note, "newer words")), "2027", AFTER, date(2027, 9, 30))
    spans = dict.fromkeys(CODES, ((20251001, 20270331),))
    return CodeBook(Icd10cm([older, newer], ValidityTable(spans, {}, 20251001, 20270331)), {})


def case(on: date, *codes: str) -> CodingCase:
    diagnoses = [CodedDiagnosis(place, Code.icd10cm(code)) for place, code in enumerate(codes, 1)]
    return CodingCase(ServiceDates(on, on), diagnoses)


def test_what_excludes_each_other_goes_with_the_day(tmp_path: Path) -> None:
    found = book(tmp_path, "<excludes1><note>other (B00)</note></excludes1>")
    assert check_excludes1(case(BEFORE, "A00", "B00"), found) == []
    assert [one.rule for one in check_excludes1(case(AFTER, "A00", "B00"), found)] == ["icd10cm.excludes1"]


def test_what_comes_first_goes_with_the_day(tmp_path: Path) -> None:
    found = book(tmp_path, "<codeFirst><note>other (B00)</note></codeFirst>")
    assert check_sequence(case(BEFORE, "A00", "B00"), found) == []
    assert [one.rule for one in check_sequence(case(AFTER, "A00", "B00"), found)] == ["icd10cm.code-first"]


def test_a_mend_is_worded_as_on_the_day(tmp_path: Path) -> None:
    found = book(tmp_path, "")
    for on, words in ((BEFORE, "older words"), (AFTER, "newer words")):
        (finding,) = check_hypertension(case(on, "I10", "I50"), found)
        assert words in finding.mends[0].label
