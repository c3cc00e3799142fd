"""The ICD-10-PCS tables: axes row by row, and what refuses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import only_volume
from tests.engines.codesets.readers.icd.files import Fault, faults_of, pcs_row, pcs_table, pcs_text, report_of

NAME = "icd10pcs_tables_2027.xml"
GOOD = pcs_table("001", pcs_row("6", "034", "7JK", "0"), pcs_row("U", "0", "7", "24"))


def test_tables_and_their_axes_are_kept(tmp_path: Path) -> None:
    report = report_of(tmp_path, NAME, pcs_text(GOOD))
    assert report.refusals == ()
    volume = only_volume(tmp_path / "shelf")
    row = ("001", "Section 0", "Body System 0", "Operation 1", "Made up")
    assert list(volume.rows("SELECT * FROM pcs_table")) == [row]
    axes = list(
        volume.rows("SELECT row, position, title, value, label FROM axis WHERE row = 2 ORDER BY position, value")
    )
    assert axes == [
        (2, 4, "Body Part", "U", "Body Part U"),
        (2, 5, "Approach", "0", "Approach 0"),
        (2, 6, "Device", "7", "Device 7"),
        (2, 7, "Qualifier", "2", "Qualifier 2"),
        (2, 7, "Qualifier", "4", "Qualifier 4"),
    ]


def test_the_codes_of_the_rows_are_counted(tmp_path: Path) -> None:
    (release,) = report_of(tmp_path, NAME, pcs_text(GOOD)).releases
    found = {one.what: one.found for one in release.canaries}
    assert found == {"billable codes on 2026-10-01": "11", "first code": "0016070", "last code": "001U074"}
    assert release.canaries[0].expected == "79256"


def test_a_table_may_go_on_in_a_second_element(tmp_path: Path) -> None:
    report = report_of(tmp_path, NAME, pcs_text(GOOD, pcs_table("001", pcs_row("6", "0", "Z", "B"))))
    assert report.refusals == ()
    assert report.releases[0].rows["pcs_table"] == 1
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT DISTINCT row FROM axis ORDER BY row"))
    assert rows == [(1,), (2,), (3,)]


def changed(old: str, new: str) -> str:
    text = pcs_text(GOOD)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (changed('<pcsRow codes="9">', '<pcsRow codes="8">'), Fault("row", "line 17, column codes", "8")),
        (changed('<axis pos="5"', '<axis pos="8"'), Fault("axis", "line 17, column axis", "4, 8, 6, 7")),
        (changed('<axis pos="5" values="3"', '<axis pos="5" values="2"'), Fault("axis", "line 22, column values", "2")),
        (changed('<label code="3">', '<label code="I">'), Fault("label", "line 22, column label", "I")),
        (changed('<label code="3">', '<label code="33">'), Fault("label", "line 22, column label", "33")),
        (changed('<label code="3">', "<label>"), Fault("label", "line 22, column label", "")),
        (changed("Approach 3", " "), Fault("label", "line 22, column label", "3")),
        (changed('<label code="3">', '<label code="0">'), Fault("duplicate", "line 22, column label", "0 0 4")),
        (changed('<axis pos="2"', '<axis pos="9"'), Fault("axis", "line 3, column axis", "1, 9, 3")),
        (pcs_text(pcs_table("001")), Fault("row", "line 3, column pcsRow", "001")),
        (
            pcs_text(GOOD, pcs_table("001", pcs_row("U", "0", "7", "24"))),
            Fault("duplicate", "line 73, column pcsRow", "001 U 0 7 24"),
        ),
        (
            pcs_text(GOOD, GOOD.replace("Operation 1", "Bypass")),
            Fault("duplicate", "line 59, column code", "001"),
        ),
        (pcs_text(GOOD, version="2026"), Fault("wrong-year", "column version", "2026")),
        (pcs_text("<pcsTable/>"), Fault("axis", "line 3, column axis", "none")),
    ],
)
def test_what_does_not_add_up_is_told_with_its_line(tmp_path: Path, text: str, fault: Fault) -> None:
    assert faults_of(tmp_path, NAME, text) == [fault]


def test_three_named_axes_have_one_value_each(tmp_path: Path) -> None:
    text = changed('<label code="0">Section 0</label>', '<label code="0">a</label><label code="1">b</label>')
    (fault,) = faults_of(tmp_path, NAME, text.replace('pos="1" values="1"', 'pos="1" values="2"'))
    assert (fault.rule, fault.place) == ("axis", "line 3, column code")


def test_a_code_of_another_year_refuses_the_file(tmp_path: Path) -> None:
    text = pcs_text(pcs_table("XY0", pcs_row("Y", "X", "3", "7")), version="2016")
    faults = faults_of(tmp_path, "icd10pcs_tables_2016.xml", text)
    assert [(one.rule, one.value) for one in faults] == [("wrong-year", "XY0YX37")]


def test_rows_that_multiply_beyond_reason_are_refused_at_once(tmp_path: Path) -> None:
    every = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    faults = faults_of(tmp_path, NAME, pcs_text(pcs_table("001", pcs_row(every, every, every, every))))
    assert [one.rule for one in faults] == ["too-large"]
