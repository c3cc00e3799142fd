"""277CA (005010X214): what a payer or clearinghouse says about each claim of a file before it is adjudicated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from charthouse.engines.x12.loops import Loop, Values, cut
from charthouse.engines.x12.segment import Segment
from charthouse.engines.x12.writer import SegmentWriter, period
from charthouse.kit import Money, ServiceDates


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """STC: category (A1 received, A2 accepted, A3 A7 rejected), status, entity, day, action (WQ or U), amount."""

    category: str
    code: str
    entity: str = ""
    on: date | None = None
    action: str = ""
    amount: Money | None = None

    @property
    def is_rejection(self) -> bool:
        """Whether the category says that this was refused and not taken into adjudication."""
        return self.category in {"A3", "A6", "A7", "A8"}


@dataclass(frozen=True, slots=True)
class ClaimStatusReport:
    """Loop 2200D: one claim. CLM01 as sent (TRN02), statuses, REF*1K payer claim number, REF*D9, service dates."""

    patient_control_number: str
    family_name: str
    statuses: tuple[ClaimStatus, ...]
    given_name: str = ""
    member_id: str = ""
    payer_control_number: str = ""
    clearinghouse_number: str = ""
    dates: ServiceDates | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether no status of the claim is a rejection."""
        return bool(self.statuses) and not any(status.is_rejection for status in self.statuses)


@dataclass(frozen=True, slots=True)
class ProviderStatusReport:
    """Loop 2000C: one billing provider (NM1*85) and its claims; 2200C wants `trace` and its own `statuses`."""

    name: str
    npi: str
    claims: tuple[ClaimStatusReport, ...]
    trace: str = "0"
    given_name: str = ""
    statuses: tuple[ClaimStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimAck:
    """277CA set: BHT, information source (2000A), information receiver (2000B) with the 837's BHT03, providers."""

    reference: str
    created_at: datetime
    source_name: str
    source_id: str
    receiver_name: str
    receiver_id: str
    claim_file_reference: str
    received_on: date | None
    processed_on: date | None
    statuses: tuple[ClaimStatus, ...]
    providers: tuple[ProviderStatusReport, ...]
    source_trace: str = "0"
    source_kind: str = "PR"


def write_claim_ack(ack: ClaimAck, writer: SegmentWriter) -> None:
    """Write everything between ST and SE of a 277CA."""
    when = ack.created_at.astimezone(UTC)
    writer.add("BHT", "0085", "08", ack.reference, when.date(), f"{when:%H%M}", "TH")
    writer.add("HL", 1, "", "20", "1")
    writer.add("NM1", ack.source_kind, "2", ack.source_name, "", "", "", "", "PI", ack.source_id)
    writer.add("TRN", "1", ack.source_trace)
    writer.add("DTP", "050", "D8", ack.received_on)
    writer.add("DTP", "009", "D8", ack.processed_on)
    writer.add("HL", 2, 1, "21", "1" if ack.providers else "0")
    writer.add("NM1", "41", "2", ack.receiver_name, "", "", "", "", "46", ack.receiver_id)
    writer.add("TRN", "2", ack.claim_file_reference)
    _write_statuses(ack.statuses, writer)
    level = 3
    for provider in ack.providers:
        _write_provider(provider, level, writer)
        for number, claim in enumerate(provider.claims, start=level + 1):
            writer.add("HL", number, level, "PT")
            _write_claim(claim, writer)
        level += 1 + len(provider.claims)


def _write_provider(provider: ProviderStatusReport, level: int, writer: SegmentWriter) -> None:
    writer.add("HL", level, 2, "19", "1" if provider.claims else "0")
    kind = "1" if provider.given_name else "2"
    writer.add("NM1", "85", kind, provider.name, provider.given_name, "", "", "", "XX", provider.npi)
    writer.add("TRN", "1", provider.trace)
    _write_statuses(provider.statuses, writer)


def _write_claim(claim: ClaimStatusReport, writer: SegmentWriter) -> None:
    id_qualifier = "MI" if claim.member_id else ""
    name = (claim.family_name, claim.given_name, "", "", "")
    writer.add("NM1", "QC", "1", *name, id_qualifier, claim.member_id)
    writer.add("TRN", "2", claim.patient_control_number)
    _write_statuses(claim.statuses, writer)
    writer.add_if(claim.payer_control_number, "REF", "1K", claim.payer_control_number)
    writer.add_if(claim.clearinghouse_number, "REF", "D9", claim.clearinghouse_number)
    if claim.dates:
        writer.add("DTP", "472", *period(claim.dates))


def _write_statuses(statuses: tuple[ClaimStatus, ...], writer: SegmentWriter) -> None:
    for status in statuses:
        code = (status.category, status.code, status.entity)
        writer.add("STC", code, status.on, status.action, status.amount)


def read_claim_ack(segments: list[Segment], values: Values) -> ClaimAck:
    """Read everything between ST and SE of a 277CA; missing parts are blank and reported."""
    header, levels = cut(segments, "HL")
    beginning = Loop("header", header, values).require("BHT")
    by_code = {level[0].get(3): level for level in reversed(levels)}
    source = Loop("2000A", by_code.get("20", header), values)
    receiver = Loop("2000B", by_code.get("21", header), values)
    source_name, receiver_name = source.require("NM1"), receiver.require("NM1", "41")
    return ClaimAck(
        reference=beginning.get(3),
        created_at=values.moment(beginning, 4, 5, "header"),
        source_name=source_name.get(3),
        source_id=source_name.get(9),
        source_kind=source_name.get(1),
        source_trace=source.take("TRN", "1").get(2),
        received_on=values.day(source.take("DTP", "050"), 3, "2200A"),
        processed_on=values.day(source.take("DTP", "009"), 3, "2200A"),
        receiver_name=receiver_name.get(3),
        receiver_id=receiver_name.get(9),
        claim_file_reference=receiver.take("TRN", "2").get(2),
        statuses=_statuses(receiver),
        providers=tuple(_providers(levels, values)),
    )


def _providers(levels: list[list[Segment]], values: Values) -> Iterator[ProviderStatusReport]:
    """Gather each provider level with the claim levels that follow it."""
    provider: Loop | None = None
    claims: list[ClaimStatusReport] = []
    for level in levels:
        if level[0].get(3) == "19":
            if provider:
                yield _provider(provider, claims)
            provider, claims = Loop("2000C", level, values), []
        elif level[0].get(3) == "PT":
            claims.append(_claim(level, values))
    if provider:
        yield _provider(provider, claims)


def _provider(loop: Loop, claims: list[ClaimStatusReport]) -> ProviderStatusReport:
    name = loop.require("NM1", "85")
    return ProviderStatusReport(
        name=name.get(3),
        npi=name.get(9),
        given_name=name.get(4),
        trace=loop.take("TRN").get(2),
        statuses=_statuses(loop),
        claims=tuple(claims),
    )


def _claim(segments: list[Segment], values: Values) -> ClaimStatusReport:
    # Line statuses (2220D) repeat STC and DTP; only the claim's own are read here.
    loop = Loop("2200D", cut(segments, "SVC")[0], values)
    name, dates = loop.require("NM1", "QC"), loop.take("DTP", "472")
    return ClaimStatusReport(
        patient_control_number=loop.take("TRN", "2").get(2),
        family_name=name.get(3),
        given_name=name.get(4),
        member_id=name.get(9),
        statuses=_statuses(loop),
        payer_control_number=loop.take("REF", "1K").get(2),
        clearinghouse_number=loop.take("REF", "D9").get(2),
        dates=values.dates(dates, "2200D") if dates.id else None,
    )


def _statuses(loop: Loop) -> tuple[ClaimStatus, ...]:
    return tuple(
        ClaimStatus(
            category=segment.component(1, 1),
            code=segment.component(1, 2),
            entity=segment.component(1, 3),
            on=loop.values.day(segment, 2, loop.name),
            action=segment.get(3),
            amount=loop.values.optional_money(segment, 4, loop.name),
        )
        for segment in loop.take_all("STC")
    )
