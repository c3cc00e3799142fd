"""Whatever the bytes are, a payment file is loaded or refused: no other exception, nothing half stored."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets.loading.reader import Head
from charthouse.engines.codesets.readers import all_readers
from charthouse.engines.codesets.readers.payment import READERS
from charthouse.engines.codesets.shelf.shelf import Shelf
from tests.engines.codesets.loading.files import load, rules
from tests.engines.codesets.readers.payment import files


def _made() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        small = {"GPCI2025.csv": files.GPCI, "ANES2025.csv": files.ANES, "25LOCCO.csv": files.LOCCO}
        small |= {"2026_July_Addendum_B.csv": files.ADDENDUM, "nucc_taxonomy_261.csv": files.TAXONOMY}
        paths = [files.csv_file(folder / name, rows) for name, rows in small.items()]
        people = [files.provider("1234567893", c47="999Q00000X")]
        paths += [files.values_file(folder), files.nppes_file(folder, people), files.mcd_file(folder)]
        made = {path.name: path.read_bytes() for path in paths}
    made["Table_5.txt"] = "".join("\t".join(row) + "\n" for row in files.DRGS).encode()
    made["PPRRVU25_OCT.txt"] = files.values_lines([files.VISIT, files.SURGERY])
    return made


MADE = _made()


def _outcome(name: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as place:
        path, shelf = Path(place) / name, Path(place) / "shelf"
        path.write_bytes(data)
        report = load(path, shelf, starts=date(2026, 1, 1) if "article" in name else None)
        assert bool(report.refusals) == (report.outcome == "refused")
        assert len(Shelf(shelf).releases()) == len(report.releases)
        assert not any(one.name.startswith(".loading") for one in shelf.iterdir())
        return report.outcome


@pytest.mark.parametrize("name", MADE)
def test_the_file_is_loaded_as_it_is(name: str) -> None:
    assert _outcome(name, MADE[name]) == "loaded"


@pytest.mark.parametrize("name", [one for one in MADE if not one.endswith(".zip")])
def test_exactly_one_reader_knows_it(name: str) -> None:
    head = Head(name, MADE[name])
    known_by = [reader.layout for reader in all_readers() if reader.recognise(head)]
    assert len(known_by) == 1
    assert known_by[0] in {reader.layout for reader in READERS}


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=25, deadline=None)
@given(at=st.floats(0, 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_a_row_or_a_fault(name: str, at: float, bit: int) -> None:
    data = bytearray(MADE[name])
    data[min(int(at * len(data)), len(data) - 1)] ^= 1 << bit
    assert _outcome(name, bytes(data)) in {"loaded", "refused"}


@pytest.mark.parametrize("name", [one for one in MADE if not one.endswith(".zip")])
@settings(max_examples=40, deadline=None)
@given(at=st.floats(0, 1))
def test_a_file_that_is_cut_inside_a_line_is_refused(name: str, at: float) -> None:
    data = MADE[name][: int(at * len(MADE[name]))]
    is_at_a_line_end = data.endswith(b"\n") or not data.rpartition(b"\n")[2].strip()
    assert _outcome(name, data) == "refused" or is_at_a_line_end


@settings(max_examples=40, deadline=None)
@given(table=st.sampled_from(sorted(files.MCD)), at=st.floats(0, 1))
def test_a_coverage_table_that_is_cut_inside_a_line_refuses_all(table: str, at: float) -> None:
    with tempfile.TemporaryDirectory() as place:
        data = files.zipped_tables(Path(place) / "all.zip", files.MCD, {table: at}).read_bytes()
    assert _outcome("article.zip", data) == "refused"


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=25, deadline=None)
@given(tail=st.binary(max_size=300) | st.text(max_size=120).map(str.encode))
def test_bytes_after_the_end_are_rows_or_faults(name: str, tail: bytes) -> None:
    assert _outcome(name, MADE[name] + tail) in {"loaded", "refused"}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(MADE)), st.binary(max_size=2000))
def test_random_bytes_under_a_good_name_are_refused(name: str, data: bytes) -> None:
    assert _outcome(name, data) == "refused"


@pytest.mark.parametrize("name", [one for one in MADE if not one.endswith(".zip")])
@pytest.mark.parametrize("piece", [b"\0", b'"', b"x" * 1_200_000, b'"' + b"y\n" * 700_000 + b'"', b"," * 200_000])
def test_a_trap_in_the_last_line_refuses_the_file(name: str, piece: bytes) -> None:
    assert _outcome(name, MADE[name] + piece + b"\r\n") == "refused"


@pytest.mark.parametrize("name", [one for one in MADE if not one.endswith(".zip")])
def test_a_nul_in_a_cell_is_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    lines = MADE[name].split(b"\n")
    path.write_bytes(b"\n".join([*lines[:-2], lines[-2][:3] + b"\0" + lines[-2][4:], b""]))
    assert "codesets.control-character" in rules(load(path, tmp_path / "shelf"))
