"""NPPES: streamed, filtered, and no NPI with a wrong check digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets.loading import Reader
from charthouse.engines.codesets.loading.reader import Head
from charthouse.engines.codesets.readers.payment.nppes import READER, nppes_reader
from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import nppes_file, nppes_header, provider, read_alone

ONE, TWO, THREE, GONE, BACK = "1234567893", "1000000004", "1000000012", "1000000020", "1000000038"
NAME = "npidata_pfile_20050523-20260809.csv"
PEOPLE = [
    provider(ONE, c5='O"MALLEY, JR', c6="ADA", c47="999QA0001X", c51="999Q00000X", c54="Y"),
    provider(TWO, c1="2", c4="NOWHERE CLINIC", c5="", c31="QB", c47="888Q00000X", c50="Y"),
    provider(THREE, c31="QB", c47="999Q00000X"),
    provider(GONE, c1="", c5="", c31="", c32="", c39="05/01/2020"),
    provider(BACK, c39="05/01/2020", c40="06/01/2020", c47="777Q00000X"),
]


def _kept(folder: Path, reader: Reader, rows: Sequence[Sequence[str]] = PEOPLE) -> list[str]:
    found, faults = read_alone(reader, nppes_file(folder, rows).read_bytes(), NAME)
    assert faults.found == []
    return [str(row[0]) for row in found]


def test_active_providers_are_kept_with_the_primary_taxonomy_first(tmp_path: Path) -> None:
    (release,) = load(nppes_file(tmp_path, PEOPLE), tmp_path / "shelf").releases
    assert (release.label, release.starts, release.ends) == ("2026-08-09", date(2026, 8, 9), None)
    assert list(only_volume(tmp_path / "shelf").rows("SELECT * FROM provider ORDER BY npi DESC")) == [
        (ONE, 1, 'O"MALLEY, JR', "ADA", "999Q00000X 999QA0001X", "QA", "000011234", 0),
        (BACK, 1, "MUSTER", "", "777Q00000X", "QA", "000011234", 0),
        (THREE, 1, "MUSTER", "", "999Q00000X", "QB", "000011234", 0),
        (TWO, 2, "NOWHERE CLINIC", "", "888Q00000X", "QB", "000011234", 0),
    ]


@pytest.mark.parametrize(
    ("reader", "kept"),
    [
        (READER, [ONE, TWO, THREE, BACK]),
        (nppes_reader(states=["qb"]), [TWO, THREE]),
        (nppes_reader(taxonomies=["999Q"]), [ONE, THREE]),
        (nppes_reader(states=["QB"], taxonomies=["999Q", "777"]), [THREE]),
        (nppes_reader(npis=[GONE, TWO]), [TWO, GONE]),
        (nppes_reader(states=["QA"], npis=[THREE]), [ONE, THREE, BACK]),
    ],
)
def test_only_those_that_are_wanted_are_kept(tmp_path: Path, reader: Reader, kept: list[str]) -> None:
    assert _kept(tmp_path, reader) == kept


def test_a_deactivated_provider_asked_for_has_the_day(tmp_path: Path) -> None:
    rows, _ = read_alone(nppes_reader(npis=[GONE]), nppes_file(tmp_path, PEOPLE).read_bytes(), NAME)
    assert rows == [(GONE, 0, "", "", "", "", "", 20200501)]


def test_a_deactivated_provider_of_an_unknown_kind_is_a_fault(tmp_path: Path) -> None:
    data = nppes_file(tmp_path, [provider(GONE, c1="X", c39="05/01/2020")]).read_bytes()
    rows, faults = read_alone(nppes_reader(npis=[GONE]), data, NAME)
    assert (rows, faults.found[0].rule) == ([], "codesets.entity")


def test_the_choice_is_part_of_the_label() -> None:
    head = Head(NAME, (",".join(nppes_header()) + "\n").encode())
    what = nppes_reader(states=["QB", "QA"], taxonomies=["999"], npis=[ONE]).recognise(head)
    assert what is not None
    assert what.label == "2026-08-09 (QA, QB, 999*, 1 NPIs)"


@pytest.mark.parametrize(
    ("rows", "rule", "place"),
    [
        ([provider("1234567890")], "npi", "line 2, column NPI"),
        ([provider("12345678")], "npi", "line 2, column NPI"),
        ([provider(ONE), provider(TWO), provider(ONE)], "duplicate", "line 4, column NPI"),
        ([provider(ONE, c39="13/40/2020")], "day", "line 2, column NPI Deactivation Date"),
        ([provider(ONE, c1="3")], "entity", "line 2, column Entity Type Code"),
        ([provider(ONE)[:-1]], "columns", "line 2"),
        ([provider(ONE, c20="two\nlines")], "columns", "line 2"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, rows: list[list[str]], rule: str, place: str) -> None:
    report = load(nppes_file(tmp_path, rows), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)


def test_a_file_without_one_of_its_columns_is_refused(tmp_path: Path) -> None:
    path = nppes_file(tmp_path, PEOPLE)
    path.write_bytes(path.read_bytes().replace(b"Taxonomy Code_15", b"Taxonomy Kode_15"))
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.header"]


def test_a_last_line_without_end_is_refused(tmp_path: Path) -> None:
    path = nppes_file(tmp_path, PEOPLE)
    for cut in (1, 40):
        path.write_bytes(path.read_bytes()[:-cut])
        assert "codesets.columns" in rules(load(path, tmp_path / "shelf"))


def test_a_week_of_changes_is_not_taken_for_all_providers(tmp_path: Path) -> None:
    file = nppes_file(tmp_path, PEOPLE, "npidata_pfile_20260803-20260809.csv")
    assert rules(load(file, tmp_path / "shelf")) == ["codesets.weekly"]


def test_the_file_of_headings_is_left_alone(tmp_path: Path) -> None:
    file = nppes_file(tmp_path, [], "npidata_pfile_20050523-20260809_fileheader.csv")
    assert rules(load(file, tmp_path / "shelf")) == ["codesets.not-recognised"]


def test_a_line_of_awkward_cells_is_read_the_slow_way(tmp_path: Path) -> None:
    rows = [provider(ONE, c5='","', c6='"', c20='a","b', c31="QA"), provider(TWO, c5=",", c6='x"')]
    found, faults = read_alone(READER, nppes_file(tmp_path, rows).read_bytes(), NAME)
    assert faults.found == []
    assert [row[2:4] for row in found] == [('","', '"'), (",", 'x"')]
