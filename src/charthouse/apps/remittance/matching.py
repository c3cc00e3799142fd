"""Finding our claim for what a remittance says: by line control number or claim number, never by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from charthouse.apps.billing.models import Claim, ClaimLine
from charthouse.apps.exchange.models import Channel
from charthouse.engines import x12


@dataclass(frozen=True, slots=True)
class Match:
    """Our claim and our lines by their place in the remittance; without a claim, `problem` says why."""

    claim: Claim | None
    lines: dict[int, ClaimLine] = field(default_factory=dict)
    problem: str = ""


def match(channel: Channel, told: x12.RemittanceClaim) -> Match:
    """Match by REF*6R of the lines, else by CLP01; two that disagree match nothing."""
    lines = _lines(channel, told)
    claims = {line.version.claim_id: line.version.claim for line in lines.values()}
    by_number = _claim(channel, told.patient_control_number)
    if by_number:
        claims[by_number.pk] = by_number
    if len(claims) > 1:
        return Match(None, problem="CLP01 and REF*6R name different claims of ours.")
    if not claims:
        return Match(None, problem="Neither CLP01 nor REF*6R names a claim of ours with this payer.")
    return Match(next(iter(claims.values())), lines)


def _lines(channel: Channel, told: x12.RemittanceClaim) -> dict[int, ClaimLine]:
    controls = [line.control_number for line in told.lines if line.control_number]
    own = ClaimLine.objects.filter(
        control__in=controls,
        version__claim__organization_id=channel.organization_id,
        version__claim__payer__channel=channel,
        version__interchange__isnull=False,
    ).select_related("version__claim__payer")
    by_control = {line.control: line for line in own}
    return {
        place: by_control[line.control_number]
        for place, line in enumerate(told.lines)
        if line.control_number in by_control
    }


def _claim(channel: Channel, number: str) -> Claim | None:
    sent = Claim.objects.filter(versions__interchange__isnull=False).distinct()
    return (
        sent.filter(organization_id=channel.organization_id, number=number, payer__channel=channel)
        .select_related("payer")
        .first()
    )
