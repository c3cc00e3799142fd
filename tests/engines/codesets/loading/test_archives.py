"""Files inside zips and gzip: read where they are honest, refused where they are a trap."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from charthouse.engines.codesets.loading import archive
from tests.engines.codesets.loading.files import load, order_file, rules


def zipped(folder: Path, members: dict[str, bytes], name: str = "given.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, data in members.items():
            file.writestr(member, data)
    return path


def test_a_table_in_a_zip_is_loaded_and_the_rest_is_left(tmp_path: Path) -> None:
    order = order_file(tmp_path).read_bytes()
    report = load(zipped(tmp_path, {"a/icd10cm_order_2026.txt": order, "readme.pdf": b"%PDF"}), tmp_path / "shelf")
    assert report.outcome == "loaded"
    assert report.left == ("readme.pdf",)


def test_a_zip_in_a_zip_is_read(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"icd10cm_order_2026.txt": order_file(tmp_path).read_bytes()}, "inner.zip").read_bytes()
    assert load(zipped(tmp_path, {"inner.zip": inner}), tmp_path / "shelf").outcome == "loaded"


def test_zips_packed_ever_deeper_are_refused(tmp_path: Path) -> None:
    data = order_file(tmp_path).read_bytes()
    for _ in range(4):
        data = zipped(tmp_path, {"icd10cm_order_2026.zip": data}, "x.zip").read_bytes()
    assert load(zipped(tmp_path, {"deep.zip": data}), tmp_path / "shelf").outcome == "refused"


def test_gzip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "icd10cm_order_2026.txt.gz"
    path.write_bytes(gzip.compress(order_file(tmp_path).read_bytes()))
    assert load(path, tmp_path / "shelf").releases[0].sources[0].name == "icd10cm_order_2026.txt"


@pytest.mark.parametrize(
    "name", ["../../etc/icd10cm_order_2026.txt", "/abs/icd10cm_order_2026.txt", "..\\icd10cm_order_2026.txt"]
)
def test_a_name_that_points_elsewhere_is_only_a_name(tmp_path: Path, name: str) -> None:
    order = order_file(tmp_path).read_bytes()
    report = load(zipped(tmp_path, {name: order}), tmp_path / "shelf")
    assert report.releases[0].sources[0].name == "icd10cm_order_2026.txt"
    assert not (tmp_path.parent / "etc").exists()


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    first = order_file(tmp_path).read_bytes()
    bomb = first + b"\0" * (64 * 1024 * 1024)
    report = load(zipped(tmp_path, {"icd10cm_order_2026.txt": bomb}), tmp_path / "shelf")
    assert rules(report) == ["codesets.zip-bomb"]
    path = tmp_path / "icd10cm_order_2026.txt.gz"
    path.write_bytes(gzip.compress(bomb))
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.zip-bomb"]


def test_a_size_that_lies_does_not_help(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"icd10cm_order_2026.txt": b"x" * 100})
    data = path.read_bytes()
    path.write_bytes(data.replace((100).to_bytes(4, "little"), (2**31).to_bytes(4, "little")))
    assert load(path, tmp_path / "shelf").outcome == "refused"


def test_more_files_than_any_code_set_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 10)
    members = {f"{at}.txt": b"" for at in range(11)}
    assert rules(load(zipped(tmp_path, members), tmp_path / "shelf")) == ["codesets.zip-bomb"]


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_a_cut_zip_is_refused(tmp_path: Path, keep: float) -> None:
    path = zipped(tmp_path, {"icd10cm_order_2026.txt": order_file(tmp_path).read_bytes()})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.zip-damaged"]


def test_a_cut_gzip_is_refused(tmp_path: Path) -> None:
    data = gzip.compress(
        order_file(tmp_path, [("A00", 0, "Cholera")] + [(f"A{at:04d}", 1, "x") for at in range(3000)]).read_bytes()
    )
    path = tmp_path / "icd10cm_order_2026.txt.gz"
    path.write_bytes(data[: len(data) // 2])
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.zip-damaged"]


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"icd10cm_order_2026.txt": b"data"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert rules(load(path, tmp_path / "shelf")) == ["codesets.zip-locked"]


def test_a_spreadsheet_is_told_how_to_come(tmp_path: Path) -> None:
    report = load(zipped(tmp_path, {"[Content_Types].xml": b"<x/>"}, "table.xlsx"), tmp_path / "shelf")
    assert rules(report) == ["codesets.office-file"]
    assert "csv" in report.refusals[0].mend


def test_a_zip_without_a_table_is_not_recognised(tmp_path: Path) -> None:
    assert rules(load(zipped(tmp_path, {"readme.txt": b"hello"}), tmp_path / "shelf")) == ["codesets.not-recognised"]
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(io.BytesIO(), "w") as file:
        file.writestr("x", b"")
    empty.write_bytes(b"PK\x05\x06" + b"\0" * 18)
    assert load(empty, tmp_path / "shelf").outcome == "refused"
