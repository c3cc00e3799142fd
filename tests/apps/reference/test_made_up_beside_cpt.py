"""Made-up codes need no licence, open nothing else, and never stand beside CPT."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from charthouse.apps.core.clock import today
from charthouse.apps.reference.actions import load_now, state_licence, withdraw
from charthouse.apps.reference.actions.licence import LicenceTerms
from charthouse.apps.reference.selectors import shelf
from charthouse.apps.reference.selectors.cpt import has_only_made_up_codes, in_force
from charthouse.engines.codesets.loading import Given
from charthouse.engines.codesets.package_files import made_up_cpt_paths
from tests.apps.reference.shelves import put_cpt

pytestmark = pytest.mark.django_db
ROWS = "".join(f"{at:04d}X\tSharpening of quill {at}\r\n" for at in range(20))


def mark() -> str:
    return made_up_cpt_paths()[0].read_text().splitlines()[0]


def given_file(folder: Path, text: str, name: str = "LONGULT.txt") -> list[str]:
    path = folder / name
    path.write_text(text, newline="")
    return [one.rule for report in load_now([path], Given(date(2026, 1, 1))) for one in report.refusals]


def load_made_up() -> set[str]:
    return {report.outcome for report in load_now(made_up_cpt_paths(), Given())}


def stated() -> None:
    terms = LicenceTerms("Test Practice", "T-1", 1, today(), today() + timedelta(days=9))
    state_licence(None, terms, attests=True)


def test_they_are_let_in_and_known_as_such(shelf_folder: Path) -> None:
    assert not has_only_made_up_codes()
    assert load_made_up() == {"loaded"}
    assert has_only_made_up_codes()
    assert load_made_up() == {"unchanged"}


def test_other_codes_are_refused_whether_they_carry_the_mark_or_not(shelf_folder: Path, tmp_path: Path) -> None:
    assert given_file(tmp_path, f"Notice\r\n{ROWS}") == ["codesets.cpt-licence"]
    assert set(given_file(tmp_path, f"{mark()}\r\n{ROWS}")) == {"codesets.not-made-up"}
    assert shelf().releases() == []


def test_one_other_code_far_below_is_found(shelf_folder: Path, tmp_path: Path) -> None:
    sound = "".join(f"{at:04d}Z\tSharpening of quill number {at} with a very good knife\r\n" for at in range(3000))
    assert given_file(tmp_path, f"{mark()}\r\n{sound}0001X\tA quill\r\n") == ["codesets.not-made-up"]
    assert shelf().releases() == []


def test_other_modifiers_are_found_too(shelf_folder: Path, tmp_path: Path) -> None:
    assert given_file(tmp_path, f"{mark()}\r\nZ1 Ours\r\n9X Theirs\r\n", "MODUL.txt") == ["codesets.not-made-up"]


def test_they_are_not_let_in_beside_cpt(shelf_folder: Path) -> None:
    put_cpt(shelf_folder, {"0001X": "Sharpening of a quill"}, {})
    assert load_made_up() == {"refused"}
    assert len(in_force()) == 1


def test_cpt_is_let_in_once_they_are_withdrawn(shelf_folder: Path, tmp_path: Path) -> None:
    stated()
    load_made_up()
    assert given_file(tmp_path, f"Notice\r\n{ROWS}") == ["codesets.cpt-mixed"]
    for one in in_force():
        withdraw(None, one.uid, "only tried out")
    assert given_file(tmp_path, f"Notice\r\n{ROWS}") == []
    assert not has_only_made_up_codes()
