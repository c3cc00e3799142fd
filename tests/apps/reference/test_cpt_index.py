"""The search over CPT: one index for a release, whatever the day; another as soon as the release is another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.reference import finding
from charthouse.engines.codesets.shelf import ReleaseState, change_state
from charthouse.engines.encoder import Encoder, ProcedureHit, TextIndex
from tests.apps.reference.shelves import DAY, put_cpt

CODES = {"00011": "Sharpening of a made-up quill", "00012": "Repair of a made-up quill", "00021": "Mending of a kidney"}


def find(text: str, on: date = DAY, limit: int = 9, *, shows_words: bool = True) -> list[ProcedureHit]:
    return finding.find_procedures(text, on, {}, limit, shows_words=shows_words)


def codes(text: str, **how: object) -> list[str]:
    return [hit.code.value for hit in find(text, **how)]  # type: ignore[arg-type]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each index was built from."""
    sizes: list[int] = []
    real = Encoder.text_index

    def counting(self: Encoder, rows: Iterable[tuple[str, str]]) -> TextIndex:
        kept = list(rows)
        sizes.append(len(kept))
        return real(self, kept)

    monkeypatch.setattr(Encoder, "text_index", counting)
    return sizes


def test_it_is_built_once_for_all_days_of_a_release(shelf_folder: Path, built: list[int]) -> None:
    put_cpt(shelf_folder, CODES, {})
    for days in range(20):
        assert codes("quill repair", on=DAY - timedelta(days=days)) == ["00012"]
    assert built == [3]


def test_it_is_built_anew_when_the_release_changes(shelf_folder: Path, built: list[int]) -> None:
    uid = put_cpt(shelf_folder, CODES, {})
    assert codes("quill repair") == ["00012"]
    change_state(shelf_folder, uid, ReleaseState.WITHDRAWN)
    assert codes("quill repair") == []
    put_cpt(shelf_folder, {"00012": "Repair of a lamp"}, {}, date(2026, 2, 1))
    assert (codes("quill"), codes("lamp")) == ([], ["00012"])
    assert built == [3, 1]


def test_two_installations_do_not_share_it(settings: Settings, tmp_path: Path) -> None:
    for name, text in (("one", "Repair of a quill"), ("two", "Repair of a lamp")):
        settings.CODESETS_DIR = tmp_path / name
        put_cpt(tmp_path / name, {"00012": text}, {})
        assert [hit.label for hit in find("repair")] == [text]


def test_few_indexes_are_kept(settings: Settings, tmp_path: Path) -> None:
    for number in range(7):
        settings.CODESETS_DIR = tmp_path / str(number)
        put_cpt(tmp_path / str(number), {"00012": "Repair of a quill"}, {})
        assert codes("quill") == ["00012"]
    assert len(finding._indexes) <= 4


def test_codes_are_found_by_their_start_in_order_and_no_more_than_asked(shelf_folder: Path) -> None:
    put_cpt(shelf_folder, {f"{at:05d}": "Quill" for at in range(9000)}, {})
    assert codes("0012", limit=3, shows_words=False) == ["00120", "00121", "00122"]
    assert codes("quill", shows_words=False) == []


def test_words_that_mean_the_same_find_it(shelf_folder: Path) -> None:
    put_cpt(shelf_folder, CODES, {})
    assert codes("renal mending") == ["00021"]
