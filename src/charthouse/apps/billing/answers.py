"""What comes back for a sent claim before money does: delivery, TA1, 999, 277CA, in any order, any number of times."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from charthouse.apps.billing import states, versions
from charthouse.apps.billing.models import Claim, ClaimState, ClaimVersion
from charthouse.apps.exchange.hooks import InterchangeDelivered, X12Received
from charthouse.apps.exchange.models import Channel, InboundFile, OutboundInterchange
from charthouse.engines import x12

UNKNOWN = "not ours"


@transaction.atomic
def take_delivery(event: InterchangeDelivered) -> None:
    """The file has reached the payer's folder."""
    row = event.interchange
    sent = ClaimVersion.objects.filter(interchange=row).select_related("claim")
    sent.update(sent_at=row.delivered_at)
    for version in sent:
        sentence = f"Delivered to {row.channel.name} as {row.file_name}."
        _answer(version, ClaimState.SENT, "delivery", row.file_name, sentence)


@transaction.atomic
def take(event: X12Received) -> None:
    """Take every TA1, 999 and 277CA of an interchange; what names nothing of ours is counted on the file."""
    for acknowledgement in event.interchange.interchange_acknowledgements:
        _take_ta1(event, acknowledgement)
    for group in event.interchange.groups:
        for one in group.sets:
            if isinstance(one.body, x12.ImplementationAck):
                _take_999(event, one.body)
            elif isinstance(one.body, x12.ClaimAck):
                _take_277ca(event, one.body)


def _take_ta1(event: X12Received, ack: x12.InterchangeAck) -> None:
    row = _outbound(event.channel, interchange_control=_number(ack.control_number))
    if row is None:
        return _count_unknown(event.file)
    reference = f"ISA13 {ack.control_number}"
    if ack.is_accepted:
        return _note(row, "TA1", reference, "The payer's gateway has taken the file (TA1 accepted).")
    return _answer_all(
        row, ClaimState.REJECTED, "TA1", reference, f"The payer's gateway refused the file (TA1, note {ack.note})."
    )


def _take_999(event: X12Received, ack: x12.ImplementationAck) -> None:
    row = _outbound(event.channel, group_control=_number(ack.group_control_number))
    if row is None:
        return _count_unknown(event.file)
    own = [one for one in ack.sets if _number(one.control_number) == row.set_control]
    is_accepted = own[0].is_accepted if own else ack.status in {"A", "E"}
    reference = f"GS06 {ack.group_control_number}"
    if is_accepted:
        sentence = "The payer's system has read the file and found it in order (999 accepted)."
        return _answer_all(row, ClaimState.RECEIVED, "999", reference, sentence)
    sentence = f"The payer's system refused the file (999 rejected){_first_error(own)}."
    return _answer_all(row, ClaimState.REJECTED, "999", reference, sentence)


def _first_error(sets: list[x12.SetAck]) -> str:
    for error in (error for one in sets for error in one.errors):
        element = error.elements[0] if error.elements else None
        place = f"{error.segment}{element.element:02d}" if element else error.segment
        code = element.code if element else error.code
        return f": segment {error.position}, {place}, error {code}"
    return ""


def _take_277ca(event: X12Received, ack: x12.ClaimAck) -> None:
    row = _by_reference(event.channel, ack.claim_file_reference)
    claims = [claim for provider in ack.providers for claim in provider.claims]
    for report in claims:
        _take_report(event, report, row)
    refused = [one for one in (*ack.statuses, *_provider_statuses(ack)) if one.is_rejection]
    if not claims and row and refused:
        sentence = f"The payer refused the whole file before processing ({_status_text(refused)})."
        _answer_all(row, ClaimState.REJECTED, "277CA", ack.reference, sentence)
    elif not claims and row is None:
        _count_unknown(event.file)


def _provider_statuses(ack: x12.ClaimAck) -> Iterable[x12.ClaimStatus]:
    return (status for provider in ack.providers for status in provider.statuses)


def _take_report(event: X12Received, report: x12.ClaimStatusReport, row: OutboundInterchange | None) -> None:
    claim = Claim.objects.filter(
        organization=event.channel.organization, number=report.patient_control_number, payer__channel=event.channel
    ).first()
    version = _version(claim, row)
    if claim is None or version is None:
        return _count_unknown(event.file)
    number = report.payer_control_number[:50]
    if report.is_accepted:
        known_as = f" as {number}" if number else ""
        sentence = f"The payer has taken the claim into processing{known_as} (277CA accepted)."
        _answer(version, ClaimState.ACCEPTED, "277CA", number, sentence)
        if number:
            Claim.objects.filter(pk=claim.pk).update(payer_claim_number=number)
    else:
        refused = [status for status in report.statuses if status.is_rejection]
        sentence = f"The payer refused the claim before processing ({_status_text(refused)})."
        _answer(version, ClaimState.REJECTED, "277CA", number, sentence)
    return None


def _version(claim: Claim | None, row: OutboundInterchange | None) -> ClaimVersion | None:
    """The version an answer is about: the one in the interchange it names, else the last one sent."""
    sent = ClaimVersion.objects.filter(claim=claim, interchange__isnull=False).order_by("-version")
    return sent.filter(interchange=row).first() if row else sent.first()


def _status_text(statuses: Iterable[x12.ClaimStatus]) -> str:
    return "277CA " + ", ".join(":".join(filter(None, (one.category, one.code, one.entity))) for one in statuses)


def _answer_all(row: OutboundInterchange, to: ClaimState, source: str, reference: str, sentence: str) -> None:
    for version in ClaimVersion.objects.filter(interchange=row).select_related("claim"):
        _answer(version, to, source, reference, sentence)


def _note(row: OutboundInterchange, source: str, reference: str, sentence: str) -> None:
    for version in ClaimVersion.objects.filter(interchange=row).select_related("claim"):
        states.note(version.claim, source, reference, sentence)


def _answer(version: ClaimVersion, to: ClaimState, source: str, reference: str, sentence: str) -> None:
    """Move the claim, unless the answer is about a version that a later one has taken the place of."""
    if version.pk == versions.latest(version.claim).pk:
        states.move(version.claim, to, source, reference, sentence)
    else:
        states.note(version.claim, source, reference, f"About version {version.version}: {sentence}")


def _outbound(channel: Channel, **numbers: int) -> OutboundInterchange | None:
    return OutboundInterchange.objects.filter(channel=channel, **numbers).first()


def _by_reference(channel: Channel, reference: str) -> OutboundInterchange | None:
    """Find the interchange by the BHT03 we gave it."""
    own, _, number = reference.partition("-")
    return _outbound(channel, interchange_control=_number(number)) if _number(own) == channel.pk else None


def _number(text: str) -> int:
    """A control number as sent; 0, which is never given out, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _count_unknown(file: InboundFile) -> None:
    file.taken[UNKNOWN] = file.taken.get(UNKNOWN, 0) + 1
