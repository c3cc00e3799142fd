"""NUCC taxonomy: by name of the columns; the version and its first day are in the file name. The words are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.engines.codesets.readers.payment.files import TAXONOMY, csv_file

NAME = "nucc_taxonomy_261.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-8-sig"])
def test_each_code_is_kept_with_its_words(tmp_path: Path, encoding: str) -> None:
    assert load(csv_file(tmp_path / NAME, TAXONOMY, encoding), tmp_path / "shelf").refusals == ()
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT * FROM taxonomy ORDER BY code"))
    assert rows[0][0] == "999Q00000X"
    assert rows[0][4] == 'Keeps "it" lit,\nday and night'
    assert rows[1][3] == "Caf\u00e9 lights"
    assert rows[1][6:] == ("Keeper of caf\u00e9s", "Individual")


@pytest.mark.parametrize(
    ("name", "label", "starts"),
    [(NAME, "26.1", date(2026, 10, 1)), ("nucc_taxonomy_260.csv", "26.0", date(2026, 4, 1))],
)
def test_a_version_is_in_force_from_its_day_until_the_next(tmp_path: Path, name: str, label: str, starts: date) -> None:
    (release,) = load(csv_file(tmp_path / name, TAXONOMY, "utf-8"), tmp_path / "shelf").releases
    assert (release.label, release.starts, release.ends) == (label, starts, None)


def test_an_unknown_version_needs_its_day(tmp_path: Path) -> None:
    assert rules(load(csv_file(tmp_path / "nucc.csv", TAXONOMY, "utf-8"), tmp_path / "shelf")) == ["codesets.no-start"]


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    rows = [[*row[:4], row[5], row[4], "", *row[6:]] for row in TAXONOMY]
    load(csv_file(tmp_path / NAME, rows, "utf-8"), tmp_path / "shelf")
    assert only_volume(tmp_path / "shelf").first("SELECT definition FROM taxonomy") == (
        'Keeps "it" lit,\nday and night',
    )


@pytest.mark.parametrize(
    ("row", "at", "text", "rule", "place"),
    [
        (1, 0, "999Q00000", "code", "line 2, column Code"),
        (2, 0, "999Q00000X", "duplicate", "line 4, column Code"),
        (0, 6, "Shown", "header", "line 1, column Display Name"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, row: int, at: int, text: str, rule: str, place: str) -> None:
    rows = [list(one) for one in TAXONOMY]
    rows[row][at] = text
    report = load(csv_file(tmp_path / NAME, rows, "utf-8"), tmp_path / "shelf")
    assert (report.refusals[0].rule, report.refusals[0].place) == (f"codesets.{rule}", place)
