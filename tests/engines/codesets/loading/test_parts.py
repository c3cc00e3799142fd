"""Parts of one release hold the same codes: a part that was cut off at the end of a line is found out."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from charthouse.engines.codesets.loading import FileReport
from charthouse.engines.codesets.shelf import Shelf
from tests.engines.codesets.loading.files import load, rules

ALL = "0001X QUILL", "0002X INK", "0003X PEN"


def part(folder: Path, name: str, *rows: str, release: int = 2026) -> Path:
    path = folder / name
    path.write_text("\n".join([f"Release {release}", *rows, ""]), newline="\r\n")
    return path


def loaded(folder: Path, name: str, *rows: str, release: int = 2026, **given: object) -> FileReport:
    return load(part(folder, name, *rows, release=release), folder / "shelf", **given)


def test_parts_that_agree_are_loaded(tmp_path: Path) -> None:
    for name in ("SHORTU.txt", "MEDU.txt", "LONGULT.txt"):
        assert loaded(tmp_path, name, *ALL).outcome == "loaded"
    assert loaded(tmp_path, "MODUL.txt", "9Z Twice").outcome == "loaded"


def test_one_that_lacks_codes_is_refused_and_says_which(tmp_path: Path) -> None:
    loaded(tmp_path, "SHORTU.txt", *ALL)
    report = loaded(tmp_path, "LONGULT.txt", *ALL[:2])
    assert rules(report) == ["codesets.parts"]
    (refusal,) = report.refusals
    assert (refusal.source, refusal.value) == ("LONGULT.txt", "0003X")
    assert "SHORTU.txt" in refusal.message
    assert [one.part for one in Shelf(tmp_path / "shelf").releases()] == ["short"]


def test_so_is_one_that_has_more(tmp_path: Path) -> None:
    loaded(tmp_path, "SHORTU.txt", *ALL[:2])
    assert rules(loaded(tmp_path, "LONGULT.txt", *ALL)) == ["codesets.parts"]


def test_who_says_that_it_is_right_is_believed(tmp_path: Path) -> None:
    loaded(tmp_path, "SHORTU.txt", *ALL)
    assert loaded(tmp_path, "LONGULT.txt", *ALL[:2], may_shrink=True).outcome == "loaded"


def test_another_years_release_is_not_compared(tmp_path: Path) -> None:
    loaded(tmp_path, "SHORTU.txt", *ALL)
    assert loaded(tmp_path, "LONGULT.txt", *ALL[:2], release=2027).outcome == "loaded"


def test_inside_one_zip_all_are_refused_together(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "cpt.zip", "w") as packed:
        packed.write(part(tmp_path, "SHORTU.txt", *ALL), "SHORTU.txt")
        packed.write(part(tmp_path, "LONGULT.txt", *ALL[:2]), "LONGULT.txt")
    assert rules(load(tmp_path / "cpt.zip", tmp_path / "shelf")) == ["codesets.parts"]
    assert Shelf(tmp_path / "shelf").releases() == []


def test_one_zip_makes_one_release_of_its_parts(tmp_path: Path) -> None:
    names = ("SHORTU.txt", "MEDU.txt", "LONGULT.txt")
    with ZipFile(tmp_path / "cpt.zip", "w") as packed:
        for name in names:
            packed.write(part(tmp_path, name, *ALL), name)
        packed.writestr("ConsumerDescriptor.txt", "0001X other words")
    report = load(tmp_path / "cpt.zip", tmp_path / "shelf")
    assert sorted(one.part for one in report.releases) == ["long", "medium", "short"]
    assert report.left == ("ConsumerDescriptor.txt",)


@pytest.mark.parametrize("damage", [b"", b"not a database at all"])
def test_a_damaged_part_on_the_shelf_keeps_no_sound_one_out(tmp_path: Path, damage: bytes) -> None:
    (release,) = loaded(tmp_path, "SHORTU.txt", *ALL).releases
    (tmp_path / "shelf" / "cpt" / f"{release.uid}.sqlite").write_bytes(damage)
    assert loaded(tmp_path, "LONGULT.txt", *ALL[:2]).outcome == "loaded"
