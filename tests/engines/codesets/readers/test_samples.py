"""The real sample files are read whole, with the counts their sources state."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets.loaded import read_nodes
from charthouse.engines.codesets.package_files import tabular_path
from charthouse.engines.codesets.procedures import Procedures
from charthouse.engines.codesets.shelf.shelf import Shelf
from charthouse.engines.codesets.tabular import read_tabular
from tests.engines.codesets.loading.files import load, only_volume, rules
from tests.samples import ROOT, samples_or_skip

FILES = [
    ("icd10cm-index/icd10cm_index_2025.xml.gz", "icd-10-cm-index", "FY 2025", {"entry": 81_024, "cell": 0}),
    ("icd10cm-index/icd10cm_eindex_2025.xml.gz", "icd-10-cm-external-cause", "FY 2025", {"entry": 8_064, "cell": 0}),
    ("icd10cm-index/icd10cm_drug_2025.xml.gz", "icd-10-cm-drug", "FY 2025", {"entry": 7_428}),
    ("icd10cm-index/icd10cm_neoplasm_2025.xml.gz", "icd-10-cm-neoplasm", "FY 2025", {"entry": 1_939}),
    ("hcpcs/HCPC2025_OCT_ANWEB.txt.gz", "hcpcs", "October 2025", {"code": 8_463, "modifier": 383}),
    ("hcpcs/HCPC2025_OCT_ANWEB.csv", "hcpcs", "October 2025", {"code": 8_463, "modifier": 383}),
    ("ncci/real-excerpts/HCPC2026_OCT_ANWEB.excerpt.csv", "hcpcs", "October 2026", {"code": 0, "modifier": 35}),
    ("ncci/real-excerpts/ccipra-v322r0-f1.excerpt.txt", "ncci-ptp-practitioner", "2026 Q3 v322r0", {"pair": 154}),
    (
        "ncci/real-excerpts/MCR_MUE_PractitionerServices_Eff_07-01-2026.excerpt.csv",
        "ncci-mue-practitioner",
        "2026 Q3",
        {"unit": 44},
    ),
    ("ncci/real-excerpts/icd10cm_order_2026.excerpt.txt", "icd-10-cm-codes", "FY 2026", {"code": 33}),
]


@pytest.mark.parametrize(("name", "table", "label", "rows"), FILES, ids=[Path(one[0]).name for one in FILES])
def test_a_sample_is_read(tmp_path: Path, name: str, table: str, label: str, rows: dict[str, int]) -> None:
    report = load(samples_or_skip("codesets") / name, tmp_path)
    assert report.refusals == ()
    (release,) = report.releases
    assert (release.table.value, release.label) == (table, label)
    assert rows.items() <= dict(release.rows).items()
    if "excerpt" not in name:
        assert [canary for canary in release.canaries if not canary.holds] == []


def test_both_layouts_of_hcpcs_say_the_same(tmp_path: Path) -> None:
    folder = samples_or_skip("codesets") / "hcpcs"
    load(folder / "HCPC2025_OCT_ANWEB.txt.gz", tmp_path / "text")
    load(folder / "HCPC2025_OCT_ANWEB.csv", tmp_path / "table")
    question = "SELECT code, coverage, pricing, multiple_pricing, betos, added FROM code ORDER BY code"
    text, table = (list(only_volume(tmp_path / one).rows(question)) for one in ("text", "table"))
    assert text == table
    row = only_volume(tmp_path / "text").first("SELECT long, betos, added FROM code WHERE code = 'J1100'")
    assert row == ("Injection, dexamethasone sodium phosphate, 1 mg", "O1E", 19820101)


def test_loaded_hcpcs_codes_answer_by_day(tmp_path: Path) -> None:
    load(samples_or_skip("codesets") / "hcpcs" / "HCPC2025_OCT_ANWEB.csv", tmp_path)
    procedures = Procedures({}, Shelf(tmp_path))
    assert procedures.hcpcs_entries(date(2025, 11, 1))["G0463"].valid_from == date(2014, 1, 1)
    assert procedures.hcpcs_entries(date(2026, 1, 1)) == {}


def test_the_index_keeps_the_way_down_to_each_entry(tmp_path: Path) -> None:
    load(samples_or_skip("codesets") / "icd10cm-index" / "icd10cm_index_2025.xml.gz", tmp_path)
    volume = only_volume(tmp_path)
    row = volume.first("SELECT code, level FROM entry WHERE path = 'Dependence, alcohol'")
    assert row is not None
    assert str(row[0]).startswith("F10.20")
    orphan = "SELECT count(*) FROM entry WHERE parent <> 0 AND parent NOT IN (SELECT number FROM entry)"
    assert volume.first(orphan) == (0,)


def test_the_loaded_tabular_list_is_the_one_that_is_read_directly(tmp_path: Path) -> None:
    report = load(tabular_path(), tmp_path)
    assert report.releases[0].label == "FY 2026 (April)"
    assert all(canary.holds for canary in report.releases[0].canaries)
    assert read_nodes(only_volume(tmp_path)) == read_tabular(tabular_path())


def _generator() -> Path:
    tool = ROOT.parent / "tools" / "make_ncci.py"
    if not tool.is_file():
        pytest.skip("no generator of NCCI files beside the samples")
    return tool


def test_generated_edits_are_all_there_and_answer_as_expected(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            str(_generator()),
            "--out",
            str(tmp_path),
            "--ptp-rows",
            "2000",
            "--mue-rows",
            "200",
            "--aoc-rows",
            "100",
        ],
        check=True,
        capture_output=True,
    )
    expected = json.loads((tmp_path / "expected.json").read_text())
    reports = [load(file, tmp_path / "shelf") for file in sorted(tmp_path.glob("*.[tc][xs][tv]"))]
    assert {report.outcome for report in reports} == {"loaded"}
    counts: dict[str, int] = {}
    for report in reports:
        for release in report.releases:
            counts[release.table.value] = counts.get(release.table.value, 0) + sum(
                count for sheet, count in release.rows.items() if sheet != "rationale"
            )
    assert counts == {"ncci-ptp-practitioner": 2000, "ncci-mue-practitioner": 200, "ncci-add-on": 100}
    assert expected


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        ("hcpcs/HCPC2025_OCT_ANWEB.csv", lambda data: data.replace(b"\nA0021", b"\n90021", 1), "codesets.digit-first"),
        ("hcpcs/HCPC2025_OCT_ANWEB.csv", lambda data: data.replace(b"\nA0021", b"\nD0021", 1), "codesets.dental"),
        ("hcpcs/HCPC2025_OCT_ANWEB.csv", lambda data: data.replace(b",BETOS,", b",BOTES,", 1), "codesets.header"),
        ("hcpcs/HCPC2025_OCT_ANWEB.csv", lambda data: data[:-60], "codesets.columns"),
        ("ncci/real-excerpts/ccipra-v322r0-f1.excerpt.txt", lambda data: data[:-20], "codesets.cut-off"),
        ("ncci/real-excerpts/icd10cm_order_2026.excerpt.txt", lambda data: data[:-90], "codesets.cut-off"),
    ],
)
def test_a_spoilt_sample_is_refused_as_a_whole(tmp_path: Path, name: str, change: object, rule: str) -> None:
    source = samples_or_skip("codesets") / name
    spoilt = tmp_path / source.name
    spoilt.write_bytes(change(source.read_bytes()))  # type: ignore[operator]
    report = load(spoilt, tmp_path / "shelf")
    assert report.outcome == "refused"
    assert rule in rules(report)
    assert report.refusals[0].place
    assert Shelf(tmp_path / "shelf").releases() == []
