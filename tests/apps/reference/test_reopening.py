"""A changed shelf is read anew by one thread while the others go on; a damaged one takes nothing away."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from charthouse.apps.reference import opened
from charthouse.apps.reference.selectors import code_book, encoder, entry, search_pcs, shelf
from charthouse.engines.codesets.shelf import Table
from charthouse.kit import CodeSystem
from tests.apps.reference.shelves import DAY, put_cpt

CODES = {"00011": "Sharpening of a made-up quill"}


def test_the_book_is_opened_again_when_the_shelf_has_changed(shelf_folder: Path) -> None:
    before = code_book()
    assert code_book() is before
    put_cpt(shelf_folder, CODES, {})
    assert [one.table for one in shelf().releases()] == [Table.CPT]
    assert code_book() is not before
    assert code_book() is code_book()


def test_while_one_thread_reads_the_new_shelf_the_others_have_the_old_book(
    shelf_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, reading, go_on = code_book(), Event(), Event()
    read = opened._read

    def slowly(folder: Path) -> object:
        reading.set()
        assert go_on.wait(30)
        return read(folder)

    monkeypatch.setattr(opened, "_read", slowly)
    put_cpt(shelf_folder, CODES, {})
    opener = Thread(target=code_book)
    opener.start()
    assert reading.wait(30)
    assert code_book() is before
    go_on.set()
    opener.join(60)
    assert code_book() is not before


def test_a_damaged_catalogue_leaves_the_book_as_it_was(shelf_folder: Path) -> None:
    before, search = code_book(), encoder()
    shelf_folder.mkdir()
    (shelf_folder / "catalogue.json").write_text("{")
    assert code_book() is before
    assert encoder() is search
    (shelf_folder / "catalogue.json").unlink()
    put_cpt(shelf_folder, CODES, {})
    assert code_book() is not before


def test_pcs_codes_are_found_by_their_first_characters() -> None:
    found = search_pcs("001607", DAY, 3)
    assert [one.code.value for one in found] == sorted(one.code.value for one in found)
    assert len(found) == 3
    assert search_pcs("", DAY) == []
    assert search_pcs("no such code", DAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("system", "code", "title"),
    [
        (CodeSystem.ICD10CM, "e11.9", "Type 2 diabetes mellitus without complications"),
        (CodeSystem.ICD10PCS, "0016070", "Bypass Cerebral Ventricle to Nasopharynx with Autologous Tissue Substitute"),
        (CodeSystem.HCPCS, "g0463", ""),
    ],
)
def test_a_code_of_any_system_says_what_it_is(system: CodeSystem, code: str, title: str) -> None:
    found = entry(system, code, DAY)
    assert found is not None
    assert found.title.startswith(title)
    assert found.validity.is_valid
    assert not found.needs_seat


@pytest.mark.django_db
@pytest.mark.parametrize("system", list(CodeSystem))
def test_what_no_table_knows_is_none(system: CodeSystem) -> None:
    assert entry(system, "nothing", DAY) is None
