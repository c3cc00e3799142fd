"""Finding our claims for what a remittance says: by line control number or claim number, never by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from charthouse.apps.billing.models import Claim, ClaimLine
from charthouse.apps.exchange.models import Channel
from charthouse.engines import x12

_AT_ONCE = 500  # numbers in one query: a check may name thousands


@dataclass(frozen=True, slots=True)
class Match:
    """Our claim and our lines by their place in the remittance; without a claim, `problem` says why."""

    claim: Claim | None
    lines: dict[int, ClaimLine] = field(default_factory=dict)
    problem: str = ""


def match(channel: Channel, told: Sequence[x12.RemittanceClaim]) -> list[Match]:
    """Match each claim by REF*6R of its lines, else by CLP01; two that disagree match nothing."""
    lines = _lines(channel, {line.control_number for claim in told for line in claim.lines if line.control_number})
    claims = _claims(channel, {claim.patient_control_number for claim in told})
    return [_match(one, lines, claims) for one in told]


def _match(told: x12.RemittanceClaim, by_control: Mapping[str, ClaimLine], by_number: Mapping[str, Claim]) -> Match:
    lines = {
        place: by_control[line.control_number]
        for place, line in enumerate(told.lines)
        if line.control_number in by_control
    }
    claims = {line.version.claim_id: line.version.claim for line in lines.values()}
    if named := by_number.get(told.patient_control_number):
        claims[named.pk] = named
    if len(claims) > 1:
        return Match(None, problem="CLP01 and REF*6R name different claims of ours.")
    if not claims:
        return Match(None, problem="Neither CLP01 nor REF*6R names a claim of ours with this payer.")
    return Match(next(iter(claims.values())), lines)


def _lines(channel: Channel, controls: Iterable[str]) -> dict[str, ClaimLine]:
    own = ClaimLine.objects.filter(
        version__claim__organization_id=channel.organization_id,
        version__claim__payer__channel=channel,
        version__interchange__isnull=False,
    ).select_related("version__claim__payer")
    return {line.control: line for some in _parts(controls) for line in own.filter(control__in=some)}


def _claims(channel: Channel, numbers: Iterable[str]) -> dict[str, Claim]:
    own = (
        Claim.objects.filter(
            versions__interchange__isnull=False, organization_id=channel.organization_id, payer__channel=channel
        )
        .select_related("payer")
        .distinct()
    )
    return {claim.number: claim for some in _parts(numbers) for claim in own.filter(number__in=some)}


def _parts(numbers: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
