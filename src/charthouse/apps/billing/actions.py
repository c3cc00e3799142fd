"""Writes about claims: made from final coding, built again after mending, sent once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID, uuid4

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.billing import content, states, versions
from charthouse.apps.billing.building import primary_coverage
from charthouse.apps.billing.hooks import ClaimMade, claim_made
from charthouse.apps.billing.interchanges import Envelope, written
from charthouse.apps.billing.models import Claim, ClaimState, ClaimVersion
from charthouse.apps.billing.policies import can_work_claims
from charthouse.apps.billing.selectors.lookup import as_uuid
from charthouse.apps.coding.hooks import SummaryFinalised
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.exchange.models import OutboundInterchange
from charthouse.apps.exchange.outbox import queue
from charthouse.apps.practice.models import Payer
from charthouse.apps.practice.selectors import billing_profile, find_payer
from charthouse.apps.program.gate import GateClosed, check

MOST_CLAIMS = 5000  # in one 837 set
_CAN_BE_BUILT_AGAIN = (ClaimState.HELD, ClaimState.READY, ClaimState.REJECTED)


def hear_summary(event: SummaryFinalised) -> None:
    """Make the claim of coding that has just become final."""
    make_claim(event.summary)


@transaction.atomic
def make_claim(summary: CodingSummary) -> Claim:
    """Make the claim of a summary, once: READY, or HELD with findings that say what is missing."""
    existing = Claim.objects.filter(summary=summary).first()
    if existing:
        return existing
    encounter = summary.encounter
    coverage = primary_coverage(encounter)
    claim = Claim.objects.create(
        organization=encounter.organization,
        encounter=encounter,
        summary=summary,
        coverage=coverage,
        payer=coverage.payer if coverage else None,
        number=f"new-{uuid4().hex[:16]}",
        state=ClaimState.HELD,
    )
    _number(claim)
    version = versions.write(claim)
    if versions.is_fit(version):
        claim.state = ClaimState.READY
    claim.save(update_fields=["state"])
    states.start(claim, _made_sentence(version))
    _tell(claim, version, "billing.claim.made")
    return claim


@transaction.atomic
def rebuild_claim(person: Person, uid: UUID | str) -> Claim:
    """Build a claim anew after something was mended; what was rejected becomes a new version."""
    claim = _claim_to_work(person, uid)
    if claim.state not in _CAN_BE_BUILT_AGAIN:
        raise Conflict(
            f"Claim {claim.number} is {claim.get_state_display().lower()}.",
            code="billing.claim-is-out",
            mend="What has been sent is never changed.",
        )
    _look_up_payer(claim)
    version = versions.write(claim)
    to = ClaimState.READY if versions.is_fit(version) else ClaimState.HELD
    sentence = f"Checked again by {person.full_name}: {_result(version)}"
    states.move(claim, to, "person", f"version {version.version}", sentence)
    _tell(claim, version, "billing.claim.rebuilt")
    return claim


@transaction.atomic
def send_claims(person: Person, claim_uids: Sequence[UUID | str]) -> list[OutboundInterchange]:
    """Put ready claims into the outbox, one interchange for each payer: all of them, or none with the reason."""
    if not claim_uids:
        raise Invalid("Choose at least one claim to send.", field="claim", code="billing.nothing-chosen")
    claims = [_ready_claim(person, uid) for uid in sorted(set(map(str, claim_uids)))]
    claims.sort(key=lambda claim: (claim.organization_id, claim.payer_id or 0, claim.pk))
    sent = []
    for (_, payer_id), of_payer in groupby(claims, key=lambda claim: (claim.organization_id, claim.payer_id)):
        batch = list(of_payer)
        for start in range(0, len(batch), MOST_CLAIMS):
            sent.append(_queue(person, Payer.objects.get(pk=payer_id), batch[start : start + MOST_CLAIMS]))
    return sent


def _queue(person: Person, payer: Payer, claims: list[Claim]) -> OutboundInterchange:
    profile = billing_profile(payer.organization)
    if profile is None:
        raise Conflict("The organization has no billing profile.", code="billing.no-billing-profile")
    chosen = [versions.latest(claim) for claim in claims]
    typed = [content.load(version.content) for version in chosen]
    envelope = Envelope.of(profile, payer)
    row = queue(payer.channel, lambda numbers, at: written(envelope, typed, numbers, at))
    for claim, version in zip(claims, chosen, strict=True):
        _bind(version, row)
        sentence = f"Put into the outbox by {person.full_name}, interchange {row.interchange_control:09d}."
        if not states.move(claim, ClaimState.QUEUED, "person", row.file_name, sentence):
            raise _not_ready(claim)
        record("billing.claim.sent", claim, subject=_subject(claim), detail={"interchange": row.interchange_control})
    return row


def _bind(version: ClaimVersion, row: OutboundInterchange) -> None:
    unsent = ClaimVersion.objects.filter(pk=version.pk, interchange__isnull=True, sha256=version.sha256)
    if not unsent.update(interchange=row):
        raise _not_ready(version.claim)


def _ready_claim(person: Person, uid: UUID | str) -> Claim:
    claim = _claim_to_work(person, uid)
    if claim.state != ClaimState.READY or not versions.is_fit(versions.latest(claim)):
        raise _not_ready(claim)
    return claim


def _not_ready(claim: Claim) -> Conflict:
    return Conflict(
        f"Claim {claim.number} is {claim.get_state_display().lower()}; only a ready claim can be sent.",
        code="billing.claim-not-ready",
        mend="Look at the claims again: somebody may have sent it just now.",
    )


def _claim_to_work(person: Person, uid: UUID | str) -> Claim:
    known = as_uuid(uid)
    claim = Claim.objects.select_for_update().filter(uid=known).first() if known else None
    if claim is None or not can_work_claims(person, claim.organization_id):
        raise Denied("There is no such claim.")
    decision = check(person, claim.organization_id)
    if not decision.open:
        raise GateClosed(decision)
    return claim


def _number(claim: Claim) -> None:
    """Give the claim its number for good: made of the row's own id, which no other claim ever has."""
    profile = billing_profile(claim.organization)
    prefix = profile.claim_prefix if profile else "CH"
    claim.number = f"{prefix}{today():%y}-{claim.pk:07d}"
    claim.save(update_fields=["number"])


def _look_up_payer(claim: Claim) -> None:
    """Take the coverage as it is now: a payer may have been set up since the chart came in."""
    coverage = primary_coverage(claim.encounter)
    claim.coverage, claim.payer = coverage, coverage.payer if coverage else None
    if coverage and not coverage.payer:
        claim.payer = find_payer(claim.organization, "", coverage.payer_name)
    claim.save(update_fields=["coverage", "payer"])


def _tell(claim: Claim, version: ClaimVersion, verb: str) -> None:
    detail: dict[str, object] = {"version": version.version, "sha256": version.sha256, "state": claim.state}
    record(verb, claim, subject=_subject(claim), detail=detail)
    if claim.state == ClaimState.READY:
        claim_made.send(ClaimMade(claim, version))


def _subject(claim: Claim) -> str:
    return str(claim.encounter.patient.uid)


def _made_sentence(version: ClaimVersion) -> str:
    return f"Made from final coding: {_result(version)}"


def _result(version: ClaimVersion) -> str:
    count = len(version.findings)
    if versions.is_fit(version):
        return f"{version.lines.count()} lines, nothing stops it."
    return f"{count} finding{'s' if count > 1 else ''} to settle. First: {version.findings[0]['message']}"
