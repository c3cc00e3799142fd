"""Writes interchanges: ISA, TA1, GS, ST..SE, GE, IEA, with the control numbers the caller gives."""

from __future__ import annotations

from datetime import UTC, datetime

from charthouse.engines.x12.acknowledgement import ImplementationAck, write_implementation_ack, write_interchange_ack
from charthouse.engines.x12.claim_acknowledgement import ClaimAck, write_claim_ack
from charthouse.engines.x12.envelope.model import Body, Group, Interchange, PartyId, RawSet, TransactionSet
from charthouse.engines.x12.professional.model import ProfessionalClaims
from charthouse.engines.x12.professional.writing import write_professional_claims
from charthouse.engines.x12.remittance.model import Remittance
from charthouse.engines.x12.remittance.writing import write_remittance
from charthouse.engines.x12.segment import Delimiters
from charthouse.engines.x12.writer import SegmentWriter
from charthouse.kit import Refusal, Refused


def write_interchange(interchange: Interchange) -> bytes:
    """The interchange as ASCII, one segment a line; Refused names the field that cannot be written."""
    delimiters = interchange.delimiters
    lines = [_isa(interchange)]
    for acknowledgement in interchange.interchange_acknowledgements:
        lines.append(write_interchange_ack(acknowledgement, delimiters))
    for group in interchange.groups:
        lines += _group_lines(interchange, group)
    mark = delimiters.element
    lines.append(f"IEA{mark}{len(interchange.groups)}{mark}{interchange.control_number:09d}")
    # A terminator that is a line end itself must not be followed by another: that would be an empty segment.
    end = delimiters.terminator + ("" if delimiters.terminator in "\r\n" else "\n")
    return (end.join(lines) + end).encode("ascii")


def write_set(transaction_set: TransactionSet, version: str, delimiters: Delimiters) -> list[str]:
    """The segments of one set, ST and SE with their count included."""
    body = transaction_set.body
    writer = SegmentWriter(delimiters, keeps_case=not isinstance(body, ProfessionalClaims))
    writer.add("ST", transaction_set.kind, transaction_set.control_number, _guide(body, version))
    _write_body(body, writer)
    writer.add("SE", len(writer.lines) + 1, transaction_set.control_number)
    return writer.lines


def _write_body(body: Body, writer: SegmentWriter) -> None:
    match body:
        case ProfessionalClaims():
            write_professional_claims(body, writer)
        case Remittance():
            write_remittance(body, writer)
        case ImplementationAck():
            write_implementation_ack(body, writer)
        case ClaimAck():
            write_claim_ack(body, writer)
        case RawSet():
            for segment in body.segments:
                writer.add_raw(segment)


def _guide(body: Body, version: str) -> str:
    """ST03; the 835 carries none, its guide is named by GS08 alone."""
    if isinstance(body, RawSet):
        return body.guide
    return "" if isinstance(body, Remittance) else version


def _isa(interchange: Interchange) -> str:
    delimiters, when = interchange.delimiters, _utc(interchange)
    fields = ["ISA", "00", " " * 10, "00", " " * 10]
    fields += _party(interchange.sender, "ISA06") + _party(interchange.receiver, "ISA08")
    fields += [f"{when:%y%m%d}", f"{when:%H%M}", delimiters.repetition or "U", "00501"]
    fields += [_control_number(interchange.control_number, "ISA13"), str(int(interchange.acknowledgement_requested))]
    fields += [interchange.usage, delimiters.component]
    return delimiters.element.join(fields)


def _group_lines(interchange: Interchange, group: Group) -> list[str]:
    writer, when = SegmentWriter(interchange.delimiters), _utc(interchange)
    _control_number(group.control_number, "GS06")
    codes = (group.functional_id, group.sender_code, group.receiver_code)
    writer.add("GS", *codes, when.date(), f"{when:%H%M}", group.control_number, "X", group.version)
    for transaction_set in group.sets:
        writer.lines += write_set(transaction_set, group.version, interchange.delimiters)
    writer.add("GE", len(group.sets), group.control_number)
    return writer.lines


def _utc(interchange: Interchange) -> datetime:
    return interchange.created_at.astimezone(UTC)


def _party(party: PartyId, field: str) -> list[str]:
    if not 0 < len(party.id) <= 15 or len(party.qualifier) != 2 or not party.id.isascii():
        raise Refused(
            Refusal(field, "", "x12.isa.party", "An interchange party needs a qualifier of 2 and an id of 1 to 15.")
        )
    return [party.qualifier, f"{party.id:<15}"]


def _control_number(number: int, field: str) -> str:
    if not 0 < number <= 999_999_999:
        raise Refused(
            Refusal(field, "", "x12.control-number.range", "A control number is 1 to 999999999.", value=str(number))
        )
    return f"{number:09d}"
