"""Loading: as a whole or not at all, again without change, two releases side by side, and back."""

from __future__ import annotations

import multiprocessing
from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets.loading import Given, load_files
from charthouse.engines.codesets.shelf import ReleaseState, Table, change_state, stamp_of
from charthouse.engines.codesets.shelf.shelf import Shelf
from charthouse.kit import Refusal, Refused
from tests.engines.codesets.loading.files import CHOLERA, load, only_volume, order_file, pairs_file, rules


def test_it_works(tmp_path: Path) -> None:
    report = load(order_file(tmp_path), tmp_path / "shelf")
    assert (report.outcome, report.refusals) == ("loaded", ())
    (release,) = report.releases
    assert (release.table, release.label) == (Table.ICD10CM_CODES, "FY 2026")
    assert (release.starts, release.ends) == (date(2025, 10, 1), date(2026, 9, 30))
    assert release.rows == {"code": 3}
    found = only_volume(tmp_path / "shelf").first("SELECT long FROM code WHERE code = 'A009'")
    assert found == ("Cholera, unspecified",)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file, shelf = order_file(tmp_path), tmp_path / "shelf"
    first = load(file, shelf)
    stamp = Shelf(shelf).releases()
    again = load(file, shelf)
    assert again.outcome == "unchanged"
    assert again.releases == first.releases
    assert Shelf(shelf).releases() == stamp


def test_a_refused_file_leaves_the_shelf_as_it_was(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    load(order_file(tmp_path), shelf)
    before = stamp_of(shelf)
    bad = tmp_path / "icd10cm_order_2027.txt"
    bad.write_text("00001 A00     0 " + "x" * 70 + "\n00002 ???     1 short\n", encoding="utf-8")
    report = load(bad, shelf)
    assert report.outcome == "refused"
    assert stamp_of(shelf) == before
    assert not [path for path in shelf.iterdir() if path.name.startswith(".loading")]


def test_every_fault_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    file = order_file(tmp_path, [*CHOLERA, ("A00.1", 1, "with a dot"), ("A0!", 1, "odd sign")])
    report = load(file, tmp_path / "shelf")
    assert rules(report) == ["codesets.code"]
    assert [refusal.place for refusal in report.refusals] == ["line 4, column code", "line 5, column code"]
    assert [refusal.value for refusal in report.refusals] == ["A00.1", "A0!"]


def test_twenty_faults_are_enough(tmp_path: Path) -> None:
    file = order_file(tmp_path, [("A00", 0, "Cholera"), *((f"!{at:03d}", 1, "odd") for at in range(50))])
    assert len(load(file, tmp_path / "shelf").refusals) == 20


def test_two_rows_with_one_key_are_refused(tmp_path: Path) -> None:
    report = load(order_file(tmp_path, [*CHOLERA, CHOLERA[1]]), tmp_path / "shelf")
    assert rules(report) == ["codesets.duplicate"]


def test_two_releases_stand_side_by_side(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    load(order_file(tmp_path), shelf)
    load(order_file(tmp_path, [*CHOLERA, ("A001", 1, "New")], "icd10cm_order_2027.txt"), shelf)
    opened = Shelf(shelf)
    for day, label in ((date(2026, 9, 30), "FY 2026"), (date(2026, 10, 1), "FY 2027")):
        assert [one.label for one in opened.on(Table.ICD10CM_CODES, day)] == [label]
    assert opened.on(Table.ICD10CM_CODES, date(2025, 9, 30)) == []
    assert opened.on(Table.HCPCS, date(2026, 9, 30)) == []


def test_parts_answer_together(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    for part in (2, 1):
        load(pairs_file(tmp_path, name=f"ccipra-v323r0-f{part}.txt"), shelf)
    found = Shelf(shelf).on(Table.PTP_PRACTITIONER, date(2026, 11, 23))
    assert [one.part for one in found] == ["f1", "f2"]


def test_another_file_for_the_same_days_is_refused_unless_it_replaces(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    load(order_file(tmp_path), shelf)
    other = order_file(tmp_path, [*CHOLERA, ("A001", 1, "New")])
    assert rules(load(other, shelf)) == ["codesets.overlap"]
    assert load(other, shelf, may_replace=True).outcome == "loaded"
    states = [one.state for one in Shelf(shelf).releases()]
    assert sorted(states) == [ReleaseState.IN_FORCE, ReleaseState.WITHDRAWN]


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2025, 12, 1), date(2026, 12, 1)), (date(2025, 1, 1), date(2025, 12, 1))]
)
def test_days_that_cross_another_release_are_refused(tmp_path: Path, starts: date, ends: date) -> None:
    shelf = tmp_path / "shelf"
    load(order_file(tmp_path), shelf)
    other = order_file(tmp_path, [*CHOLERA, ("A001", 1, "New")], "other_order_file_icd10cm_order.txt")
    assert rules(load(other, shelf, starts=starts, ends=ends)) == ["codesets.overlap"]


def test_an_update_within_the_year_takes_over_from_its_day(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    load(order_file(tmp_path), shelf)
    update = order_file(tmp_path, [*CHOLERA, ("A001", 1, "New")], "icd10cm_order_april_2026.txt")
    assert load(update, shelf).outcome == "loaded"
    opened = Shelf(shelf)
    assert opened.on(Table.ICD10CM_CODES, date(2026, 3, 31))[0].label == "FY 2026"
    assert opened.on(Table.ICD10CM_CODES, date(2026, 4, 1))[0].label == "FY 2026 (April)"


def test_withdrawing_brings_the_release_before_back_and_restoring_undoes_it(tmp_path: Path) -> None:
    shelf, day = tmp_path / "shelf", date(2026, 4, 2)
    load(order_file(tmp_path), shelf)
    (april,) = load(order_file(tmp_path, name="icd10cm_order_april_2026.txt"), shelf).releases
    for state, label in ((ReleaseState.WITHDRAWN, "FY 2026"), (ReleaseState.IN_FORCE, "FY 2026 (April)")):
        change_state(shelf, april.uid, state)
        assert Shelf(shelf).on(Table.ICD10CM_CODES, day)[0].label == label


def test_restoring_into_a_taken_place_is_refused(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    (first,) = load(order_file(tmp_path), shelf).releases
    load(order_file(tmp_path, [*CHOLERA, ("A001", 1, "New")]), shelf, may_replace=True)
    with pytest.raises(Refused, match="starts on the same day"):
        change_state(shelf, first.uid, ReleaseState.IN_FORCE)


def test_there_is_nothing_to_withdraw(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such release"):
        change_state(tmp_path, "nothing", ReleaseState.WITHDRAWN)


def test_half_as_many_rows_look_cut_off(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    load(pairs_file(tmp_path, 100, "ccipra-v322r0-f1.txt"), shelf)
    short = pairs_file(tmp_path, 40)
    assert rules(load(short, shelf)) == ["codesets.cut-off"]
    assert load(short, shelf, may_shrink=True).outcome == "loaded"


def test_a_start_that_nobody_tells_has_to_be_given(tmp_path: Path) -> None:
    file = order_file(tmp_path, name="icd10cm_order.txt")
    assert rules(load(file, tmp_path / "shelf")) == ["codesets.no-start"]
    assert load(file, tmp_path / "shelf", starts=date(2025, 10, 1), label="ours").releases[0].label == "ours"


def test_an_end_before_the_start_is_refused(tmp_path: Path) -> None:
    file = order_file(tmp_path)
    assert rules(load(file, tmp_path / "shelf", ends=date(2020, 1, 1))) == ["codesets.dates"]


def test_what_may_not_be_loaded_is_refused_before_it_is_read(tmp_path: Path) -> None:
    no = Refusal("", "", "codesets.no", "Not here.")
    (report,) = load_files([order_file(tmp_path)], tmp_path / "shelf", Given(), lambda table: no)
    assert rules(report) == ["codesets.no"]


def test_a_file_that_is_none_of_ours_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("hello")
    assert rules(load(tmp_path / "readme.txt", tmp_path / "shelf")) == ["codesets.not-recognised"]
    assert rules(load(tmp_path / "nothing.txt", tmp_path / "shelf")) == ["codesets.unreadable"]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "icd10cm_order_2026.txt").write_bytes(b"")
    assert load(tmp_path / "icd10cm_order_2026.txt", tmp_path / "shelf").outcome == "refused"


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    file = order_file(tmp_path)
    list(load_files([file], tmp_path / "shelf", progress=lambda *one: told.append(one)))
    assert told[-1] == (file.name, file.stat().st_size, file.stat().st_size)


def test_a_damaged_list_is_said_not_guessed(tmp_path: Path) -> None:
    load(order_file(tmp_path), tmp_path / "shelf")
    (tmp_path / "shelf" / "catalogue.json").write_text('{"releases": [{}]}')
    with pytest.raises(Refused, match="cannot be read"):
        Shelf(tmp_path / "shelf")


def _load_year(folder: str, year: int) -> None:
    load(order_file(Path(folder), CHOLERA, f"icd10cm_order_{year}.txt"), Path(folder) / "shelf")


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    years = range(2018, 2024)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_load_year, args=(str(tmp_path), year)) for year in years]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    labels = {one.label for one in Shelf(tmp_path / "shelf").releases()}
    assert labels == {f"FY {year}" for year in years}


def test_a_report_is_json(tmp_path: Path) -> None:
    data = load(order_file(tmp_path), tmp_path / "shelf").as_data()
    assert data["releases"][0]["table"] == "icd-10-cm-codes"
    assert data["outcome"] == "loaded"
