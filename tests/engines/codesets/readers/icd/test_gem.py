"""The general equivalence mappings, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.codesets.loading.files import only_volume
from tests.engines.codesets.readers.icd.files import Fault, faults_of, gem_line, report_of

FORWARD, BACKWARD = "2018_I9gem.txt", "2018_I10gem.txt"
GOOD = gem_line("0010", "A000", "00000") + gem_line("0020", "A0100", "10000")


def test_forward_lines_lead_to_icd_10(tmp_path: Path) -> None:
    report = report_of(tmp_path, FORWARD, GOOD + gem_line("V700", "NoDx", "11000"))
    assert report.refusals == ()
    assert report.releases[0].table == "gem-icd9-to-icd10"
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT * FROM map ORDER BY source"))
    assert rows == [
        ("0010", "A000", 0, 0, 0, 0, 0),
        ("0020", "A0100", 1, 0, 0, 0, 0),
        ("V700", "NoDx", 1, 1, 0, 0, 0),
    ]


def test_backward_lines_lead_to_icd_9(tmp_path: Path) -> None:
    lines = [("I25111", "41401", "10111"), ("I25111", "4139", "10112"), ("Z6740", "NoDx", "11000")]
    text = "".join(gem_line(*line, is_forward=False) for line in lines)
    report = report_of(tmp_path, BACKWARD, text)
    assert report.refusals == ()
    assert report.releases[0].table == "gem-icd10-to-icd9"
    rows = list(only_volume(tmp_path / "shelf").rows("SELECT * FROM map WHERE source = 'I25111' ORDER BY choice"))
    assert rows == [("I25111", "41401", 1, 0, 1, 1, 1), ("I25111", "4139", 1, 0, 1, 1, 2)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("0030  A020    0000\r\n", Fault("line", "line 3, column 18", "0030  A020    0000")),
        ("0030  A020    000000\r\n", Fault("line", "line 3, column 19", "0030  A020    000000")),
        (gem_line("A020", "A020", "00000"), Fault("code", "line 3, column source", "A020")),
        (gem_line("0030", "0030", "00000"), Fault("code", "line 3, column target", "0030")),
        (gem_line("0030", "A020", "02000"), Fault("flag", "line 3, column no_map", "2")),
        (gem_line("0030", "A020", "0000x"), Fault("flag", "line 3, column choice", "x")),
        (gem_line("0030", "A020", "01000"), Fault("flag", "line 3, column no_map", "A020 01000")),
        (gem_line("0030", "NoDx", "10000"), Fault("flag", "line 3, column no_map", "NoDx 10000")),
        (gem_line("0010", "A000", "10000"), Fault("duplicate", "line 3, column target", "0010 A000")),
        ("0030  A020    00000", Fault("cut-off", "line 3, column 19", "0030  A020    00000")),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, line: str, fault: Fault) -> None:
    assert faults_of(tmp_path, FORWARD, GOOD + line) == [fault]


def test_a_mapping_that_is_not_whole_shows_in_its_canaries(tmp_path: Path) -> None:
    (release,) = report_of(tmp_path, FORWARD, GOOD).releases
    assert [(one.expected, one.found) for one in release.canaries] == [("24860", "2"), ("14567", "2")]
