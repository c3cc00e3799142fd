"""Reading the codes a note names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import NoteKind
from charthouse.engines.codesets.line_references import references
from tests.engines.codesets.books import code_book


def covers(line: str, code: str) -> bool:
    return any(reference.covers(code, code_book().edition()) for reference in references([line]))


@pytest.mark.parametrize(
    ("line", "inside", "outside"),
    [
        ("headache NOS (R51.9)", ["R519"], ["R510"]),
        ("gestational diabetes (O24.4-)", ["O24410", "O244"], ["O2401"]),
        ("cystic fibrosis (E84.-)", ["E840", "E8411"], ["E85"]),
        ("malignant neoplasm (C00-C96)", ["C000", "C4A9", "C969"], ["D00", "B99"]),
        ("pancreatitis (K85-K86.-)", ["K8500", "K869"], ["K87"]),
        ("hypertension (I10-I1A)", ["I10", "I1310", "I1A0"], ["I20"]),
        ("arthropathies (M05-M14)", ["M109", "M1A9XX0"], ["M150"]),
        ("subcategories S06.1- to S06.6-, and S06.81- to S06.89-, code to", ["S061X0A", "S0682AA"], ["S060X0A"]),
        ("sarcoidosis (D86.0, D86.2)", ["D860", "D862"], ["D861"]),
        ("abscess (H00.0-), chalazion (H00.1-)", ["H00011", "H0011"], ["H0100"]),
    ],
)
def test_single_codes_stems_and_ranges(line: str, inside: list[str], outside: list[str]) -> None:
    assert [code for code in inside if not covers(line, code)] == []
    assert [code for code in outside if covers(line, code)] == []


@pytest.mark.parametrize(
    ("line", "inside", "outside"),
    [
        ("poisoning (T36-T65 with fifth or sixth character 1-4)", "T360X1A", "T360X5A"),
        ("poisoning (T36-T50 with fifth or sixth character 1-4 or 6)", "T360X6A", "T360X5A"),
        ("concussion (S06.0X- with seventh character A)", "S060X0A", "S060X0S"),
        ("meningitis (B27.- with fifth character 2)", "B2702", "B2701"),
        ("whooping cough with pneumonia (A37 with fifth-character 1)", "A3701", "A3700"),
        ("aphasia following cerebrovascular disease (I69. with final characters -20)", "I69320", "I69321"),
        ("drug psychosis (F11-F19 with fifth to sixth characters 51)", "F11951", "F11950"),
        ("amnestic syndrome (F10-F19 with 5th character .6)", "F1096", "F1094"),
    ],
)
def test_conditions_on_characters(line: str, inside: str, outside: str) -> None:
    assert covers(line, inside)
    assert not covers(line, outside)


def test_lines_without_codes_name_nothing() -> None:
    assert references(["disorders of:", "malignant neoplasm of specified multiple sites- code to each site"]) == ()


def test_conditions_not_understood_are_marked() -> None:
    assert not references(["diabetic acidosis - see categories E08-E10, E11, E13 with ketoacidosis"])[0].is_plain
    assert references(["headache NOS (R51.9)"])[0].is_plain


def test_nearly_every_excludes1_line_with_a_code_is_read() -> None:
    lines = [
        line
        for node in code_book().edition().nodes
        for kind, note in node.notes
        if kind is NoteKind.EXCLUDES1
        for line in note
    ]
    read = sum(bool(references([line])) for line in lines)
    assert len(lines) - read == 128


@given(st.text(max_size=80))
def test_any_line_is_read(line: str) -> None:
    for reference in references([line]):
        assert reference.covers("E119", code_book().edition()) in (True, False)


@given(st.text("ABS0169.- to(),", max_size=60))
def test_lines_like_references_are_read(line: str) -> None:
    assert isinstance(covers(line, "S060X0A"), bool)
