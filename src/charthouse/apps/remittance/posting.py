"""Posting remittances. A check is posted once, or suspended whole when anything in it does not add up to the cent.

Claims of a balanced check that match none of ours are listed and not posted; the check's other claims are.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from charthouse.apps.audit.actions import record
from charthouse.apps.billing import states
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.exchange.hooks import X12Received
from charthouse.apps.practice.models import Payer
from charthouse.apps.remittance import journal
from charthouse.apps.remittance.denials import open_denials
from charthouse.apps.remittance.matching import Match, match
from charthouse.apps.remittance.models import Account, Denial, Remittance
from charthouse.apps.remittance.recording import Recorded, record_claims
from charthouse.apps.remittance.sums import Sums, sum_up
from charthouse.engines import x12
from charthouse.kit import Money

State = Remittance.State


@transaction.atomic
def take(event: X12Received) -> None:
    """Take every 835 of an interchange: each is one check."""
    for group in event.interchange.groups:
        for one in group.sets:
            if isinstance(one.body, x12.Remittance):
                _take_check(event, one.control_number, one.body)


def _take_check(event: X12Received, set_control: str, told: x12.Remittance) -> None:
    judged = x12.judge_remittance(told)
    matches = match(event.channel, told.claims)
    row = _store(event, set_control, told, judged, matches)
    recorded = record_claims(row, judged, matches)
    if row.state == State.POSTED:
        for one in recorded:
            if one.match.claim:
                _post(row, one, one.match.claim)
    detail: dict[str, object] = {"number": row.number, "state": row.state, "claims": len(recorded)}
    record(f"remittance.check.{row.state}", row, detail=detail)


def _store(
    event: X12Received,
    set_control: str,
    told: x12.Remittance,
    judged: x12.RemittanceBalance,
    matches: Sequence[Match],
) -> Remittance:
    row = Remittance(
        organization=event.channel.organization,
        payer=_payer(event, matches),
        file=event.file,
        payer_identifier=told.originator[:30],
        number=told.number[:50],
        amount_cents=told.amount.cents if told.amount is not None else None,
        paid_on=told.paid_on,
        problems=_problems(event, set_control, told, judged),
    )
    before = _posted_before(row)
    if before:
        row.state = State.DUPLICATE
        row.problems.append(_duplicate_sentence(before, row))
    elif not judged.is_balanced or any(one.state is x12.ClaimState.SUSPENDED for one in judged.claims):
        row.state = State.SUSPENDED
    elif not told.number or not told.originator:
        row.state = State.SUSPENDED
        row.problems.append("TRN: without number and payer id a second copy could not be told from the first.")
    else:
        row.state = State.POSTED
    row.save()
    return row


def _posted_before(row: Remittance) -> Remittance | None:
    return Remittance.objects.filter(
        organization=row.organization,
        payer_identifier=row.payer_identifier,
        number=row.number,
        state=State.POSTED,
    ).first()


def _duplicate_sentence(before: Remittance, row: Remittance) -> str:
    amount = Money(before.amount_cents or 0)
    other = f", then with the amount {amount}" if before.amount_cents != row.amount_cents else ""
    return f"duplicate: posted on {before.created_at:%d %b %Y}{other}."


def _payer(event: X12Received, matches: Sequence[Match]) -> Payer | None:
    """The payer of the matched claims; else the one payer of the channel."""
    of_claims = {one.claim.payer for one in matches if one.claim and one.claim.payer}
    found = of_claims or set(Payer.objects.filter(channel=event.channel)[:2])
    return next(iter(found)) if len(found) == 1 else None


def _problems(event: X12Received, set_control: str, told: x12.Remittance, judged: x12.RemittanceBalance) -> list[str]:
    of_claims = {fault for claim in told.claims for fault in claim.problems}
    faults = [fault for fault in event.faults if fault.set_control in ("", set_control) and fault not in of_claims]
    unposted = [f"PLB {one.code} {one.amount} is not posted: a person decides." for one in told.provider_adjustments]
    return [*(one.sentence for one in judged.imbalances), *(f"{one.at}: {one.sentence}" for one in faults), *unposted]


def _post(row: Remittance, recorded: Recorded, claim: Claim) -> None:
    sums = sum_up(recorded.judged, was_denied=_was_denied(claim, recorded))
    key = f"835:{row.organization_id}:{row.payer_identifier}:{row.number}:{recorded.place}"
    source = f"835, check {row.number}"
    for name, account, amount, memo in (
        ("paid", Account.CASH, sums.paid, f"Payment, {source}"),
        ("contract", Account.CONTRACTUAL, sums.contract, f"Contract adjustment, {source}"),
        ("patient", Account.PATIENT_RECEIVABLE, sums.patient, f"Moved to patient, {source}"),
    ):
        sides = journal.transfer(account, Account.PAYER_RECEIVABLE, amount)
        journal.post(row.organization, f"{key}:{name}", memo, sides, claim=claim, remittance=row)
    open_denials(claim, recorded, sums.denied, row.paid_on)
    _note_payer_number(claim, recorded.told.payer_control_number)
    states.move(claim, _state(claim), "835", row.number, _sentence(row, recorded.told.billed, sums))


def _was_denied(claim: Claim, recorded: Recorded) -> bool:
    """Whether a posted decision that this one mirrors was a denial."""
    paid, billed = recorded.row.paid_cents or 0, recorded.row.billed_cents or 0
    mirrored = claim.remittance_claims.filter(
        remittance__state=State.POSTED, state=x12.ClaimState.DENIED.value, paid_cents=-paid, billed_cents=-billed
    )
    return mirrored.exists()


def _state(claim: Claim) -> ClaimState:
    """Where the money stands after everything posted so far."""
    paid = journal.balance(claim, Account.CASH)
    owed = journal.balance(claim, Account.PAYER_RECEIVABLE)
    if not paid and Denial.objects.filter(claim=claim, state=Denial.State.OPEN).exists():
        return ClaimState.DENIED
    return ClaimState.PARTLY_PAID if owed > Money(0) else ClaimState.PAID


def _note_payer_number(claim: Claim, number: str) -> None:
    if number and not claim.payer_claim_number:
        Claim.objects.filter(pk=claim.pk, payer_claim_number="").update(payer_claim_number=number[:50])


def _sentence(row: Remittance, billed: Money | None, sums: Sums) -> str:
    parts = [f"{sums.paid} paid of {billed} by check {row.number}"]
    if sums.contract:
        parts.append(f"{sums.contract} contract adjustment")
    if sums.patient:
        parts.append(f"{sums.patient} moved to the patient")
    parts += [f"{one.amount} denied, {one.group}-{one.reason}" for one in sums.denied]
    return ", ".join(parts) + "."
