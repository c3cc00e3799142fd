"""A check over many claims is matched and kept in few statements, so that posting it does not keep others waiting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charthouse.apps.billing.models import Claim
from charthouse.apps.remittance import matching
from charthouse.apps.remittance.models import Adjustment, Remittance, RemittanceClaim, RemittanceLine
from charthouse.engines import x12
from charthouse.kit import Money
from tests.apps.remittance import checks

pytestmark = pytest.mark.django_db


def _strangers(count: int) -> list[x12.RemittanceClaim]:
    """Claims of somebody else, each with one reduced line."""
    line = x12.RemittanceLine(
        procedure="G0463",
        billed=Money(10_000),
        paid=Money(8_000),
        adjustments=checks.adjustments(("CO", "45", 2_000)),
        control_number="R0",
    )
    one = x12.RemittanceClaim(
        patient_control_number="X0", status="1", billed=Money(10_000), paid=Money(8_000), lines=(line,)
    )
    return [
        replace(one, patient_control_number=f"X{n}", lines=(replace(line, control_number=f"R{n}"),))
        for n in range(count)
    ]


def test_forty_times_the_claims_cost_but_a_few_more_statements(claim: Claim) -> None:
    counted = []
    for number, count in (("1", 5), ("2", 200)):
        with CaptureQueriesContext(connection) as queries:
            checks.receive(checks.channel_of(claim), checks.check(*_strangers(count), number=number))
        counted.append(len(queries))
    # Not one for each claim: SQLite takes so many values in a statement, and rows go in by batches of that.
    assert counted[1] - counted[0] < 30
    assert RemittanceClaim.objects.filter(claim__isnull=True).count() == 205


def test_ours_is_found_among_many(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_AT_ONCE", 7)
    others = _strangers(40)
    ours = checks.decision(claim, checks.paid_line(claim, 1, 12_000), checks.paid_line(claim, 2, 9_800))
    checks.receive(checks.channel_of(claim), checks.check(*others[:20], ours, *others[20:]))
    found = RemittanceClaim.objects.get(claim=claim)
    assert found.claim_number == claim.number
    assert [row.claim_line.position for row in found.lines.order_by("id") if row.claim_line] == [1, 2]
    claim.refresh_from_db()
    assert claim.state == "paid"


def test_every_line_and_adjustment_stands_under_its_own_claim(claim: Claim) -> None:
    checks.receive(checks.channel_of(claim), checks.check(*_strangers(30)))
    assert Remittance.objects.get().claims.count() == 30
    lines = RemittanceLine.objects.select_related("remittance_claim")
    assert all(line.control[1:] == line.remittance_claim.claim_number[1:] for line in lines)
    adjustments = Adjustment.objects.select_related("line")
    assert all(one.line and one.line.remittance_claim_id == one.remittance_claim_id for one in adjustments)
    assert (lines.count(), adjustments.count()) == (30, 30)
