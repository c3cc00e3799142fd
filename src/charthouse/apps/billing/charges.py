"""Charges: what coding made final, priced from the charge master on each date of service."""

from __future__ import annotations

from collections.abc import Sequence

from charthouse.apps.billing.models import Charge
from charthouse.apps.coding.content import FinalCoding, FinalProcedure
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.practice.selectors import charge_for
from charthouse.kit import Finding, Mend, Severity


def price(summary: CodingSummary, coding: FinalCoding) -> tuple[list[Charge], list[Finding]]:
    """Price every service of a summary anew; a service without a price has no charge and a finding instead."""
    Charge.objects.filter(summary=summary).delete()
    charges, findings = [], []
    for service in coding.procedures:
        charge = _charge(summary, service)
        if charge is None:
            findings.append(_no_price(service))
        else:
            charges.append(charge)
    return Charge.objects.bulk_create(charges), findings


def total(charges: Sequence[Charge]) -> int:
    """The sum in cents."""
    return sum(charge.amount_cents for charge in charges)


def _charge(summary: CodingSummary, service: FinalProcedure) -> Charge | None:
    item = charge_for(summary.encounter.organization_id, service.code, service.service_date)
    if item is None:
        return None
    return Charge(
        summary=summary,
        encounter=summary.encounter,
        position=service.position,
        code=service.code,
        modifiers=list(service.modifiers),
        label=item.label,
        units=service.units,
        unit_price_cents=item.price_cents,
        amount_cents=(item.price * service.units).cents,
        service_date=service.service_date,
        pointers=list(service.pointers),
    )


def _no_price(service: FinalProcedure) -> Finding:
    return Finding(
        rule="billing.no-price",
        severity=Severity.FATAL,
        message=f"{service.code} has no price on {service.service_date:%d %b %Y}.",
        citation="Charge master",
        where=f"line:{service.position}",
        value=service.code,
        mends=(Mend("charge-master", "Add the price, then check again", {"code": service.code}),),
    )
