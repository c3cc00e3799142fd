"""A walk with made-up codes: import, seat, search, coded with modifiers, on the 837P; stopped without a price."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.billing.actions import rebuild_claim, send_claims
from charthouse.apps.billing.models import Charge, Claim, ClaimState
from charthouse.apps.coding.actions import finalise
from charthouse.apps.coding.errors import FindingsOpen
from charthouse.apps.reference.actions import give_seat, load_now
from charthouse.apps.reference.selectors import search_procedures
from charthouse.engines.codesets.loading import Given
from charthouse.engines.codesets.package_files import made_up_cpt_paths
from tests.apps import builders
from tests.apps.coding.desk import Desk, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> Desk:
    settings.CODESETS_DIR = tmp_path / "codesets"
    list(load_now(made_up_cpt_paths(), Given()))
    made = set_up()
    builders.billing_profile(made.organization)
    give_seat(None, made.coder)
    return made


def code(desk: Desk) -> None:
    """What the coder finds by its words, coded with two modifiers."""
    day = desk.encounter.service_from
    assert day is not None
    hit, *_ = search_procedures("harbor visit known half hour", day, {}, person=desk.coder)
    desk.add("E11.9", f"{hit.code.value}-Z9-25 x2 >1")


def finished(desk: Desk) -> Claim:
    """The claim that is made of what was coded."""
    finalise(desk.coder, desk.session.uid, desk.view().revision)
    return Claim.objects.get(encounter=desk.encounter)


def test_without_a_price_coding_is_stopped_and_says_why(desk: Desk) -> None:
    code(desk)
    with pytest.raises(FindingsOpen, match="no price for 1012Z"):
        finished(desk)
    assert not Claim.objects.exists()


def test_when_the_price_is_gone_the_claim_is_held_and_says_why(desk: Desk) -> None:
    price = builders.charge_item(desk.organization, "1012Z", 9_900)
    code(desk)
    claim = finished(desk)
    price.delete()
    assert rebuild_claim(builders.biller(desk.organization), claim.uid).state == ClaimState.HELD
    assert "billing.no-price" in [finding["rule"] for finding in claim.versions.latest("id").findings]
    assert not Charge.objects.exists()


def test_with_a_price_the_837_carries_code_and_modifiers(desk: Desk) -> None:
    builders.charge_item(desk.organization, "1012Z", 9_900)
    code(desk)
    claim = finished(desk)
    assert claim.state == ClaimState.READY
    biller = builders.biller(desk.organization)
    (row,) = send_claims(biller, [str(claim.uid)])
    assert b"SV1*HC:1012Z:Z9:25*198*UN*2" in row.content
    charge = Charge.objects.get()
    assert (charge.code, charge.modifiers, charge.amount_cents) == ("1012Z", ["Z9", "25"], 19_800)


def test_nothing_of_the_descriptor_is_written_into_coding_or_claim(desk: Desk) -> None:
    builders.charge_item(desk.organization, "1012Z", 9_900)
    code(desk)
    claim = finished(desk)
    assert "arbor" not in str(claim.summary.content)
    assert "arbor" not in str(claim.versions.get().content)
