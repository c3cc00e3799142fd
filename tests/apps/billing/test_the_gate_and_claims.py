"""A biller who has not signed works no claim; nothing chosen is said."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.billing.actions import rebuild_claim, send_claims
from charthouse.apps.billing.models import ClaimState
from charthouse.apps.core.errors import Invalid
from charthouse.apps.exchange.models import OutboundInterchange
from charthouse.apps.program.gate import GateClosed
from tests.apps import builders

pytestmark = pytest.mark.django_db


def test_no_signature_no_sending_and_no_checking_again() -> None:
    practice = builders.organization()
    claim = builders.claim(practice)
    unsigned = builders.person(Role.BILLER, at=practice, remote=True)
    for work in (lambda: send_claims(unsigned, [str(claim.uid)]), lambda: rebuild_claim(unsigned, str(claim.uid))):
        with pytest.raises(GateClosed):
            work()
    claim.refresh_from_db()
    assert claim.state == ClaimState.READY
    assert not OutboundInterchange.objects.exists()


def test_nothing_chosen_is_not_a_success() -> None:
    with pytest.raises(Invalid, match="at least one"):
        send_claims(builders.biller(builders.organization()), [])
