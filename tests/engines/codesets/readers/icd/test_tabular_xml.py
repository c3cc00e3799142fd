"""The tabular list: the same nodes as when it is read directly, and what refuses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.engines.codesets.loaded import read_nodes
from charthouse.engines.codesets.package_files import tabular_path
from charthouse.engines.codesets.tabular import nodes_in, read_tabular
from tests.engines.codesets.loading.files import load, only_volume
from tests.engines.codesets.readers.icd.files import Fault, faults_of, report_of

NAME = "icd10cm_tabular_2027.xml"


def text_of(diags: str, version: str = "2027") -> str:
    return (
        f"<ICD10CM.tabular>\n<version>{version}</version>\n<chapter><name>1</name><desc>One</desc>\n"
        f'<section id="A00-A09"><desc>Some</desc>\n{diags}\n</section></chapter>\n</ICD10CM.tabular>\n'
    )


def diag(name: str, title: str = "Title", inner: str = "") -> str:
    return f"<diag><name>{name}</name><desc>{title}</desc>{inner}</diag>\n"


def test_the_whole_list_is_the_one_that_is_read_directly(tmp_path: Path) -> None:
    (release,) = load(tabular_path(), tmp_path).releases
    assert (release.label, release.rows["node"]) == ("FY 2026 (April)", 47_200)
    assert [one for one in release.canaries if not one.holds] == []
    nodes = read_nodes(only_volume(tmp_path))
    assert nodes == read_tabular(tabular_path())
    with tabular_path().open("rb") as stream:
        assert nodes_in(stream) == nodes


def test_nodes_of_a_second_chapter_know_their_places(tmp_path: Path) -> None:
    chapter = "<chapter><name>{0}</name><desc>C</desc>{1}</chapter>"
    inner = f'<section id="A00-A09"><desc>S</desc>{diag("A00", "T", diag("A00.0"))}</section>'
    body = chapter.format(1, inner) + chapter.format(2, inner.replace("A0", "B0"))
    text = f"<ICD10CM.tabular><version>2027</version>{body}</ICD10CM.tabular>"
    assert report_of(tmp_path, NAME, text).refusals == ()
    nodes = read_nodes(only_volume(tmp_path / "shelf"))
    assert [(node.name, node.parent, node.end) for node in nodes] == [
        ("1", -1, 4), ("A00-A09", 0, 4), ("A00", 1, 4), ("A000", 2, 4),
        ("2", -1, 8), ("B00-B09", 4, 8), ("B00", 5, 8), ("B000", 6, 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (diag("A0!"), Fault("code", "line 6, column name", "A0!")),
        (diag(""), Fault("code", "line 6, column name", "")),
        (diag("A00.0"), Fault("duplicate", "line 6, column name", "A000")),
        (diag("A00.1", ""), Fault("title", "line 6, column desc", "A001")),
        (
            diag("A00.1", "T", '<sevenChrDef><extension char="AB">x</extension></sevenChrDef>'),
            Fault("seventh", "line 6, column char", "AB"),
        ),
    ],
)
def test_a_bad_node_is_told_with_its_line(tmp_path: Path, bad: str, fault: Fault) -> None:
    assert faults_of(tmp_path, NAME, text_of(diag("A00.0") + bad)) == [fault]


def test_a_section_needs_an_id(tmp_path: Path) -> None:
    text = text_of(diag("A00.0")).replace(' id="A00-A09"', "")
    assert faults_of(tmp_path, NAME, text) == [Fault("name", "line 4, column name", "")]


def test_a_list_without_chapters_is_empty(tmp_path: Path) -> None:
    text = "<ICD10CM.tabular><version>2027</version></ICD10CM.tabular>"
    assert [fault.rule for fault in faults_of(tmp_path, NAME, text)] == ["empty"]


def test_a_name_of_another_year_is_refused(tmp_path: Path) -> None:
    fault = Fault("wrong-year", "column version", "2026")
    assert faults_of(tmp_path, NAME, text_of(diag("A00.0"), "2026")) == [fault]


def test_a_chapter_too_few_shows_in_the_canaries(tmp_path: Path) -> None:
    (release,) = report_of(tmp_path, NAME, text_of(diag("A00.0"))).releases
    assert [(one.what, one.holds) for one in release.canaries] == [("chapters", False)]
