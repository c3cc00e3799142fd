"""CPT in the workspace: words for seat holders, the code alone for others; used codes come first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.core.clock import today
from charthouse.apps.reference.actions import give_seat, note_use, state_licence
from charthouse.apps.reference.actions.licence import LicenceTerms
from charthouse.apps.reference.selectors.personal import forget_usage
from charthouse.kit import Code
from charthouse.web.presenters import hits
from tests.apps import builders
from tests.apps.reference.shelves import put_cpt

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 18)
WORDS = "Sharpening of a made-up quill"


@pytest.fixture
def coder(settings: Settings, tmp_path: Path) -> Person:
    settings.CODESETS_DIR = tmp_path / "codesets"
    put_cpt(tmp_path / "codesets", {"00011": WORDS}, {"notice": "The words of the file."})
    terms = LicenceTerms("Test Practice", "T-1", 1, today(), today() + timedelta(days=9))
    state_licence(None, terms, attests=True)
    return builders.person(Role.CODER)


def organization(of: Person) -> int:
    return of.memberships.get().organization_id


def test_without_a_seat_the_code_is_found_and_its_words_are_not_shown(coder: Person) -> None:
    (row,) = hits.search("00011", "px", organization(coder), ON, coder)
    assert (row.code, row.note) == ("00011", "CPT")
    assert hits.search("quill", "px", organization(coder), ON, coder) == ()
    found = hits.detail("00011", "px", organization(coder), ON, coder)
    assert found is not None
    assert found.title == "descriptor needs a CPT seat"
    assert "quill" not in repr(found)


def test_with_a_seat_they_are_shown_with_the_notice_of_the_file(coder: Person) -> None:
    give_seat(None, coder)
    (row,) = hits.search("quill", "px", organization(coder), ON, coder)
    assert row.code == "00011"
    found = hits.detail("00011", "px", organization(coder), ON, coder)
    assert found is not None
    assert found.title == WORDS
    assert (WORDS, "The words of the file.") in [fact.lines for fact in found.facts]


def test_what_the_practice_uses_comes_before_its_near_equals(coder: Person) -> None:
    before = [row.code for row in hits.search("diabetes", "dx", organization(coder), ON, coder)]
    for _ in range(10):
        note_use(coder, Code.icd10cm(before[3]), coder.memberships.get().organization)
    forget_usage(coder)
    after = [row.code for row in hits.search("diabetes", "dx", organization(coder), ON, coder)]
    assert after.index(before[3]) < 3
