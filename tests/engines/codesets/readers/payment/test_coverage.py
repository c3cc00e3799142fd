"""Coverage articles: many tables of a zip in a zip make one release; no descriptions, HTML made plain."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets.loading import FileReport
from charthouse.engines.codesets.readers.payment.mcd import newest_update
from charthouse.engines.codesets.shelf.shelf import Shelf
from tests.engines.codesets.loading.files import load as load_as
from tests.engines.codesets.loading.files import only_volume, rules
from tests.engines.codesets.readers.payment.files import LCDS, MCD, mcd_file, source_of, zipped_tables

DAY = date(2026, 11, 1)


def load(path: Path, folder: Path) -> FileReport:
    return load_as(path, folder, starts=DAY)


def _without(name: str) -> dict[str, list[list[str]]]:
    return {one: [list(row) for row in rows] for one, rows in MCD.items() if one != name}


def _changed(name: str, row: int, at: int, text: str) -> dict[str, list[list[str]]]:
    tables = _without("")
    tables[name][row][at] = text
    return tables


def test_the_tables_make_one_release(tmp_path: Path) -> None:
    report = load(mcd_file(tmp_path), tmp_path / "shelf")
    assert report.refusals == ()
    (release,) = report.releases
    assert release.starts == DAY
    assert all(canary.holds for canary in release.canaries)
    assert release.rows == {
        "article": 2, "article_code": 1, "covered": 2, "noncovered": 1, "paragraph": 1, "article_contractor": 1,
        "contractor": 1, "jurisdiction": 1, "state": 1, "lcd": 0, "related": 1,
    }  # fmt: skip


def test_ids_are_numbers_days_are_numbers_and_diagnoses_have_no_dot(tmp_path: Path) -> None:
    load(mcd_file(tmp_path), tmp_path / "shelf")
    volume = only_volume(tmp_path / "shelf")
    assert list(volume.rows("SELECT * FROM article ORDER BY article")) == [
        (70001, 3, "A70001", "Lighthouses, made up", "A", 20241001, 0, 0, 20260701),
        (70002, 1, "A70002", "Foghorns", "R", 20200101, 20251231, 20251231, 20251231),
    ]
    assert list(volume.rows("SELECT * FROM article_code")) == [(70001, 3, "Z0001", 1)]
    assert list(volume.rows("SELECT code, grp FROM covered")) == [("E119", 1), ("I10", 2)]
    assert list(volume.rows("SELECT code, grp FROM noncovered")) == [("Z0000", 1)]
    assert list(volume.rows("SELECT * FROM related")) == [(70001, 3, 39001, 2)]


def test_the_states_of_an_article_can_be_asked(tmp_path: Path) -> None:
    load(mcd_file(tmp_path), tmp_path / "shelf")
    question = """SELECT state.abbreviation, contractor.name FROM article_contractor
        JOIN jurisdiction USING (contractor, type, contractor_version) JOIN state USING (state)
        JOIN contractor USING (contractor, type, contractor_version) WHERE article = 70001"""
    assert only_volume(tmp_path / "shelf").first(question) == ("QA", "Made Up Administrators")


def test_a_paragraph_is_plain_text(tmp_path: Path) -> None:
    load(mcd_file(tmp_path), tmp_path / "shelf")
    (row,) = only_volume(tmp_path / "shelf").rows("SELECT * FROM paragraph")
    assert row[:4] == ("covered", 70001, 3, 1)
    assert row[4] == "Group 1: one of these and one\nof group 2, if BMI < 30 & up"


def test_descriptions_and_bodies_are_kept_nowhere(tmp_path: Path) -> None:
    load(mcd_file(tmp_path), tmp_path / "shelf")
    (file,) = (tmp_path / "shelf").rglob("*.sqlite")
    assert b"secret words" not in file.read_bytes()


def test_policies_come_in_when_both_zips_are_packed_together(tmp_path: Path) -> None:
    path = tmp_path / "coverage.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, tables in (("current_article_csv", MCD), ("current_lcd_csv", LCDS)):
            archive.write(zipped_tables(tmp_path / f"{name}.zip", tables), f"{name}.zip")
    (release,) = load(path, tmp_path / "shelf").releases
    assert (release.rows["lcd"], release.rows["related"], release.rows["state"]) == (1, 1, 1)


def test_two_loads_of_the_same_files_are_one(tmp_path: Path) -> None:
    assert load(mcd_file(tmp_path), tmp_path / "shelf").outcome == "loaded"
    assert load(mcd_file(tmp_path), tmp_path / "shelf").outcome == "unchanged"


def test_the_day_has_to_be_given(tmp_path: Path) -> None:
    assert rules(load_as(mcd_file(tmp_path), tmp_path / "shelf")) == ["codesets.no-start"]


def test_the_newest_change_of_an_article_can_be_asked() -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in MCD["article"]) + "\n"
    assert newest_update([source_of(text.encode(), "article.csv")]) == date(2026, 7, 1)
    assert newest_update([source_of(b"x", "lcd.csv")]) is None


@pytest.mark.parametrize("name", ["article", "article_x_icd10_noncovered", "contractor_jurisdiction"])
def test_a_table_that_is_missing_refuses_all(tmp_path: Path, name: str) -> None:
    report = load(mcd_file(tmp_path, _without(name)), tmp_path / "shelf")
    assert rules(report) == ["codesets.incomplete"]
    assert name in report.refusals[0].value


def test_policies_alone_are_refused(tmp_path: Path) -> None:
    assert rules(load(mcd_file(tmp_path, LCDS, "current_lcd.zip"), tmp_path / "shelf")) == ["codesets.incomplete"]


@pytest.mark.parametrize(
    ("tables", "rule", "place"),
    [
        (_changed("article", 1, 0, "A70001"), "number", "line 2, column article_id of article.csv"),
        (_changed("article", 1, 4, "2024-13-01"), "day", "line 2, column article_eff_date of article.csv"),
        (_changed("article", 1, 4, "soon"), "day", "line 2, column article_eff_date of article.csv"),
        (_changed("article", 2, 5, "13/31/2025"), "day", "line 3, column article_end_date of article.csv"),
        (
            _changed("article_x_hcpc_code", 1, 2, "0001"),
            "procedure",
            "line 2, column hcpc_code_id of article_x_hcpc_code.csv",
        ),
        (
            _changed("article_x_icd10_covered", 1, 2, "E1.19"),
            "diagnosis",
            "line 2, column icd10_code_id of article_x_icd10_covered.csv",
        ),
        (_changed("contractor_jurisdiction", 0, 3, "state"), "header", "line 1, column state_id"),
    ],
)
def test_what_is_wrong_is_told_with_its_file(
    tmp_path: Path, tables: dict[str, list[list[str]]], rule: str, place: str
) -> None:
    report = load(mcd_file(tmp_path, tables), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)
    assert Shelf(tmp_path / "shelf").releases() == []


def test_two_rows_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    tables = _without("")
    tables["contractor"].append(["10", "12", "1", "Somebody Else", "00112"])
    assert rules(load(mcd_file(tmp_path, tables), tmp_path / "shelf")) == ["codesets.duplicate"]


def test_a_row_with_a_cell_too_many_is_refused(tmp_path: Path) -> None:
    tables = _without("")
    tables["state_lookup"].append(["8", "QB", "Elsewhere", ""])
    report = load(mcd_file(tmp_path, tables), tmp_path / "shelf")
    assert rules(report) == ["codesets.columns"]
    assert "state_lookup.csv" in report.refusals[0].message


def test_an_article_of_half_a_megabyte_is_read(tmp_path: Path) -> None:
    tables = _changed("article", 1, 6, "<p>long</p>" * 50_000)
    assert load(mcd_file(tmp_path, tables), tmp_path / "shelf").outcome == "loaded"
