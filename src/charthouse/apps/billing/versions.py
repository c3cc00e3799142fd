"""Versions of a claim: built from what is known now, stored as data, never changed once they are in an interchange."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from charthouse.apps.billing import building, charges, content
from charthouse.apps.billing.checking import check
from charthouse.apps.billing.models import Charge, Claim, ClaimLine, ClaimVersion
from charthouse.apps.coding.content import read
from charthouse.kit import Finding, Severity


def latest(claim: Claim) -> ClaimVersion:
    """The version that counts."""
    return claim.versions.order_by("-version")[0]


def is_fit(version: ClaimVersion) -> bool:
    """Whether no finding stops it and its content is what was checked."""
    stops = any(finding["severity"] == Severity.FATAL for finding in version.findings)
    return not stops and content.digest(version.content) == version.sha256


def write(claim: Claim) -> ClaimVersion:
    """Build the claim anew: over its last version while that is unsent, else as the next version."""
    last = claim.versions.order_by("-version").first()
    number = last.version if last and last.interchange_id is None else (last.version + 1 if last else 1)
    coding = read(claim.summary.content)
    priced, findings = charges.price(claim.summary, coding)
    sources = building.gather(claim, coding, priced)
    typed = building.build(sources, number)
    findings += check(sources, typed)
    claim.billed_cents = charges.total(priced)
    claim.save(update_fields=["billed_cents"])
    return _store(claim, number, content.dump(typed), findings, priced)


def _store(
    claim: Claim, number: int, data: dict[str, Any], findings: list[Finding], priced: list[Charge]
) -> ClaimVersion:
    version = ClaimVersion.objects.filter(claim=claim, version=number).first() or ClaimVersion(
        claim=claim, version=number
    )
    version.total_cents = claim.billed_cents
    version.content, version.sha256 = data, content.digest(data)
    version.findings = [asdict(finding) for finding in findings]
    version.save()
    version.lines.all().delete()
    ClaimLine.objects.bulk_create(_line(version, n, charge) for n, charge in enumerate(priced, start=1))
    return version


def _line(version: ClaimVersion, position: int, charge: Charge) -> ClaimLine:
    return ClaimLine(
        version=version,
        position=position,
        control=building.line_control(version.claim, version.version, position),
        code=charge.code,
        modifiers=charge.modifiers,
        label=charge.label,
        units=charge.units,
        charge_cents=charge.amount_cents,
        service_date=charge.service_date,
        pointers=charge.pointers,
    )
