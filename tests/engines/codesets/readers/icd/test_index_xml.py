"""The four index files: entries, cells, and what refuses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.engines.codesets.shelf import Volume
from tests.engines.codesets.loading.files import load, only_volume
from tests.engines.codesets.readers.icd.files import Fault, faults_of, index_text, report_of, table_text
from tests.samples import samples_or_skip

NAME = "icd10cm_index_2027.xml"


def volume_of(folder: Path, body: str) -> Volume:
    report = report_of(folder, NAME, index_text(body))
    assert report.refusals == ()
    return only_volume(folder / "shelf")


def test_a_term_keeps_the_way_down_from_its_main_term(tmp_path: Path) -> None:
    volume = volume_of(
        tmp_path,
        "<mainTerm><title>Rupture, ruptured<nemod>(spontaneous)</nemod></title><code>T14.8-</code>"
        '<term level="1"><title>aorta</title><code>I71.8</code>'
        '<term level="2"><title>thoracoabdominal</title><code>I71.5-</code></term></term></mainTerm>'
        "<mainTerm><title>Sacralization</title></mainTerm>",
    )
    rows = list(volume.rows("SELECT number, parent, level, letter, title, nonessential, code, path FROM entry"))
    path = "Rupture, ruptured, aorta"
    assert rows == [
        (1, 0, 0, "A", "Rupture, ruptured", "(spontaneous)", "T14.8-", "Rupture, ruptured"),
        (2, 1, 1, "A", "aorta", "", "I71.8", path),
        (3, 2, 2, "A", "thoracoabdominal", "", "I71.5-", f"{path}, thoracoabdominal"),
        (4, 0, 0, "A", "Sacralization", "", "", "Sacralization"),
    ]


def test_every_kind_of_reference_is_kept(tmp_path: Path) -> None:
    volume = volume_of(
        tmp_path,
        "<mainTerm><title>A</title><see>Pain, abdominal</see><seeAlso>condition</seeAlso></mainTerm>"
        "<mainTerm><title>B</title><seecat>T71</seecat></mainTerm>"
        "<mainTerm><title>C</title><subcat>T75.0</subcat><warning>Mind this</warning></mainTerm>"
        "<mainTerm><title>D</title><code>E10.39</code><manif>H36.0</manif></mainTerm>",
    )
    rows = list(volume.rows("SELECT see, see_also, warning, code, manifestation FROM entry"))
    assert rows == [
        ("Pain, abdominal", "condition", "", "", ""),
        ("category T71", "", "", "", ""),
        ("subcategory T75.0", "", "Mind this", "", ""),
        ("", "", "", "E10.39", "H36.0"),
    ]


@pytest.mark.parametrize(
    ("title", "words", "nonessential"),
    [
        ("Accident<nemod>(to)</nemod> NEC", "Accident NEC", "(to)"),
        ("<nemod>(acute)</nemod>", "", "(acute)"),
        ("Bone\n  <nemod>(s)</nemod>  and\n joint", "Bone and joint", "(s)"),
        ("Wolff<!-- x -->-Parkinson &amp; White", "Wolff -Parkinson & White", ""),
    ],
)
def test_words_after_a_nonessential_modifier_belong_to_the_title(
    tmp_path: Path, title: str, words: str, nonessential: str
) -> None:
    volume = volume_of(tmp_path, f"<mainTerm><title>{title}</title></mainTerm>")
    assert volume.first("SELECT title, nonessential FROM entry") == (words, nonessential)


def test_cells_carry_their_column_and_heading(tmp_path: Path) -> None:
    body = (
        '<mainTerm><title>Neoplasm</title><cell col="2">C80.1</cell><cell col="3">-</cell>'
        '<term level="1"><title>bone</title><cell col="2">C40.-</cell><cell col="3">D16.9</cell></term></mainTerm>'
    )
    report = report_of(tmp_path, "icd10cm_neoplasm_2027.xml", table_text(body))
    assert report.refusals == ()
    assert list(only_volume(tmp_path / "shelf").rows("SELECT * FROM cell")) == [
        (1, 2, "Malignant Primary", "C80.1"),
        (2, 2, "Malignant Primary", "C40.-"),
        (2, 3, "Benign", "D16.9"),
    ]


@pytest.mark.parametrize(
    "code", ["X58", "A18.84", "H93.29-", "C50.-", "D24-", "Q87.19", "A00-A09", "C4A.9", "QA0.0101"]
)
def test_codes_may_be_whole_incomplete_or_a_range(tmp_path: Path, code: str) -> None:
    volume = volume_of(tmp_path, f"<mainTerm><title>A</title><code>{code}</code></mainTerm>")
    assert volume.first("SELECT code FROM entry") == (code,)


@pytest.mark.parametrize("code", ["see", "A0", "A00.12345", "a00", "A00 A01", "1A0.0", ""])
def test_another_shape_is_a_fault_with_its_line(tmp_path: Path, code: str) -> None:
    body = f"<mainTerm>\n<title>A</title>\n<code>{code}</code></mainTerm>"
    assert faults_of(tmp_path, NAME, index_text(body)) == [Fault("code", "line 8, column code", code)]


def test_the_line_is_right_far_down_a_file(tmp_path: Path) -> None:
    good = "<mainTerm>\n<title>A</title>\n</mainTerm>\n" * 40_000
    body = good + "<mainTerm><title>B</title><code>?</code></mainTerm>"
    assert faults_of(tmp_path, NAME, index_text(body)) == [Fault("code", "line 120006, column code", "?")]


@pytest.mark.parametrize(
    ("cells", "rule"),
    [('<cell col="2">C80.1</cell><cell col="2">C80.2</cell>', "cell"), ("<cell>C80.1</cell>", "cell")],
)
def test_a_cell_needs_a_column_of_its_own(tmp_path: Path, cells: str, rule: str) -> None:
    text = table_text(f"<mainTerm><title>N</title>{cells}</mainTerm>")
    (fault,) = faults_of(tmp_path, "icd10cm_neoplasm_2027.xml", text)
    assert (fault.rule, fault.place) == (rule, "line 5, column col")


def test_an_entry_needs_a_title(tmp_path: Path) -> None:
    assert faults_of(tmp_path, NAME, index_text("<mainTerm/>")) == [Fault("title", "line 6, column title", "")]


def test_a_name_of_another_year_is_refused(tmp_path: Path) -> None:
    text = index_text("<mainTerm><title>A</title></mainTerm>", version="2026")
    assert faults_of(tmp_path, NAME, text) == [Fault("wrong-year", "column version", "2026")]


def test_the_samples_are_whole(tmp_path: Path) -> None:
    folder = samples_or_skip("codesets/icd10cm-index")
    reports = [load(path, tmp_path) for path in sorted(folder.glob("*.gz"))]
    assert [report.refusals for report in reports] == [()] * 4
    canaries = [one for report in reports for release in report.releases for one in release.canaries]
    assert len(canaries) == 15
    assert [one for one in canaries if not one.holds] == []


def test_the_sample_index_gives_phrases(tmp_path: Path) -> None:
    load(samples_or_skip("codesets/icd10cm-index") / "icd10cm_index_2025.xml.gz", tmp_path)
    question = "SELECT code FROM entry WHERE path = 'Rupture, ruptured, aorta, aortic, thoracoabdominal'"
    assert only_volume(tmp_path).first(question) == ("I71.50",)
