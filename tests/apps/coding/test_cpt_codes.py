"""A code of a loaded CPT release can be coded, is checked by its day, and its words are not written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.coding import content
from charthouse.apps.coding.codes import procedure_system
from charthouse.apps.core.errors import Invalid
from charthouse.kit import CodeSystem
from tests.apps import builders
from tests.apps.coding.desk import Desk
from tests.apps.reference.shelves import put_cpt

CODES = {"00011": "Sharpening of a made-up quill"}


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.CODESETS_DIR = tmp_path / "codesets"
    return tmp_path / "codesets"


def test_a_loaded_code_is_taken(desk: Desk, folder: Path) -> None:
    put_cpt(folder, CODES, {})
    desk.add("E11.9", "00011-25 x2 >1")
    (line,) = desk.session.procedures.all()
    assert (line.code, line.modifiers, line.units) == ("00011", ["25"], 2)
    assert procedure_system("00011") is CodeSystem.CPT


def test_what_is_not_loaded_is_refused(desk: Desk, folder: Path) -> None:
    with pytest.raises(Invalid, match="neither in a loaded table"):
        desk.add("00011")
    assert procedure_system("00011") is CodeSystem.LOCAL


def test_a_code_of_the_charge_master_needs_no_release(desk: Desk, folder: Path) -> None:
    builders.charge_item(desk.organization, "00011")
    desk.add("00011")
    assert desk.session.procedures.count() == 1


def test_its_words_are_not_on_the_screen_of_the_chart(desk: Desk, folder: Path) -> None:
    put_cpt(folder, CODES, {})
    desk.add("E11.9", "00011")
    assert "quill" not in repr(desk.view()).lower()


def test_a_release_that_starts_later_does_not_answer_for_the_day(desk: Desk, folder: Path) -> None:
    put_cpt(folder, CODES, {}, date(2027, 1, 1))
    desk.add("E11.9", "00011")
    assert desk.finding("cpt.validity")


def test_on_its_days_it_stands(desk: Desk, folder: Path) -> None:
    put_cpt(folder, CODES, {})
    desk.add("E11.9", "00011")
    assert not [finding for finding in desk.view().findings if finding.rule.startswith("cpt.")]
    releases = content.write(desk.session, [])["releases"]
    assert releases["cpt"] == "CPT 2026"
