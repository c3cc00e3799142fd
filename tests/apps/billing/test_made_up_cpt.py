"""The whole path of CPT with made-up codes and no licence: loaded, a seat, found, coded, priced, on a claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing import content
from charthouse.apps.billing.actions import make_claim, rebuild_claim
from charthouse.apps.billing.models import ClaimState
from charthouse.apps.reference.actions import give_seat, load_now
from charthouse.apps.reference.selectors import search_procedures
from charthouse.engines.codesets.loading import Given
from charthouse.engines.codesets.package_files import made_up_cpt_paths
from charthouse.kit import CodeSystem
from tests.apps import builders
from tests.apps.builders import service

ON = date(2026, 11, 18)
CODE, WORDS = "1012Z", "Harbor office visit, person known, half an hour"


@pytest.fixture(autouse=True)
def _loaded(settings: Settings, tmp_path: Path, db: None) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    assert {report.outcome for report in load_now(made_up_cpt_paths(), Given())} == {"loaded"}


@pytest.fixture
def coder(practice: Organization) -> Person:
    person = builders.coder(practice)
    give_seat(None, person)
    return person


def test_a_seat_holder_finds_a_code_by_its_words(coder: Person) -> None:
    hit, *_ = search_procedures("visit known half hour", ON, {}, person=coder)
    assert (hit.code.value, hit.label, hit.code.system) == (CODE, WORDS, CodeSystem.CPT)


def test_nobody_else_sees_the_words(coder: Person, practice: Organization) -> None:
    other = builders.coder(practice)
    assert search_procedures("visit known half hour", ON, {}, person=other) == []
    (hit,) = search_procedures(CODE, ON, {}, person=other)
    assert hit.label == "descriptor needs a CPT seat"


def test_the_practice_s_own_label_is_found_first(coder: Person) -> None:
    hit, *_ = search_procedures("visit", ON, {CODE: "Our visit"}, person=coder)
    assert (hit.label, hit.is_local) == ("Our visit", True)


def test_without_a_price_the_claim_is_held_with_it_it_is_ready(practice: Organization) -> None:
    claim = make_claim(builders.coding_summary(builders.billable(practice), service(CODE, 1, modifiers="25")))
    assert claim.state == ClaimState.HELD
    builders.charge_item(practice, CODE, 9_900)
    rebuilt = rebuild_claim(builders.biller(practice), claim.uid)
    assert rebuilt.state == ClaimState.READY
    version = rebuilt.versions.latest("id")
    assert [(line.code, line.charge_cents) for line in version.lines.all()] == [(CODE, 9_900)]
    assert [line.modifiers for line in content.load(version.content).lines] == [("25",)]
