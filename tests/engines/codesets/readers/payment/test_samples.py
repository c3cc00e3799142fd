"""The real samples of the physician fee schedule, whole and damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from charthouse.engines.codesets.shelf.shelf import Shelf
from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.samples import samples_or_skip

FILES = [
    ("rvu/PPRRVU2025_Oct.csv.gz", "pfs-rvu", "2025 October", 19_090),
    ("rvu/GPCI2025.csv", "pfs-gpci", "2025", 109),
    ("rvu/ANES2025.csv", "pfs-anesthesia", "2025", 109),
    ("rvu/25LOCCO.csv", "pfs-localities", "2025", 110),
    ("ncci/real-excerpts/PPRRVU2026_Jul_nonQPP.excerpt.csv", "pfs-rvu", "2026 July", 61),
]


@pytest.mark.parametrize(("name", "table", "label", "rows"), FILES, ids=[Path(one[0]).name for one in FILES])
def test_a_sample_is_read_whole(tmp_path: Path, name: str, table: str, label: str, rows: int) -> None:
    report = load(samples_or_skip("codesets") / name, tmp_path)
    assert report.refusals == ()
    (release,) = report.releases
    assert (release.table.value, release.label, sum(release.rows.values())) == (table, label, rows)
    assert release.canaries
    assert [canary for canary in release.canaries if not canary.holds] == []


def test_every_locality_has_its_index_its_factor_and_its_counties(tmp_path: Path) -> None:
    folder = samples_or_skip("codesets") / "rvu"
    for name in ("GPCI2025.csv", "ANES2025.csv", "25LOCCO.csv"):
        load(folder / name, tmp_path)
    shelf = Shelf(tmp_path)
    sheets = {"pfs-gpci": "mac, locality FROM locality", "pfs-anesthesia": "contractor, locality FROM factor"}
    keys = [
        set(shelf.volume(one).rows(f"SELECT {sheets.get(one.table.value, 'mac, locality FROM county')}"))
        for one in shelf.releases()
    ]
    assert len(keys) == 3
    assert keys[0] == keys[1] == keys[2]


def test_totals_are_the_sums_of_their_parts(tmp_path: Path) -> None:
    load(samples_or_skip("codesets") / "rvu" / "PPRRVU2025_Oct.csv.gz", tmp_path)
    volume = only_volume(tmp_path)
    question = "SELECT count(*) FROM value WHERE abs(work + nonfacility_pe + malpractice - nonfacility_total) > 0"
    assert volume.first(question) == (0,)
    question = "SELECT count(*) FROM value WHERE abs(work + facility_pe + malpractice - facility_total) > 0"
    assert volume.first(question) == (0,)


@pytest.mark.parametrize("cut", [1, 2, 17, 70, 100_001])
def test_a_sample_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    data = gzip.decompress((samples_or_skip("codesets") / "rvu" / "PPRRVU2025_Oct.csv.gz").read_bytes())
    path = tmp_path / "PPRRVU2025_Oct.csv"
    path.write_bytes(data[:-cut])
    report = load(path, tmp_path / "shelf")
    assert "codesets.cut-off" in rules(report) or "codesets.columns" in rules(report)
    assert Shelf(tmp_path / "shelf").releases() == []
