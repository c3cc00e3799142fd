"""Reads interchanges: follows the envelope segment by segment, checks it, and hands each set to its typed reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from charthouse.engines.x12.acknowledgement import InterchangeAck, read_implementation_ack, read_interchange_ack
from charthouse.engines.x12.claim_acknowledgement import read_claim_ack
from charthouse.engines.x12.envelope.checks import EnvelopeChecks
from charthouse.engines.x12.envelope.model import (
    Body,
    Group,
    Interchange,
    PartyId,
    RawSet,
    ReadInterchange,
    TransactionSet,
)
from charthouse.engines.x12.fault import X12Fault
from charthouse.engines.x12.loops import Values
from charthouse.engines.x12.professional.reading import read_professional_claims
from charthouse.engines.x12.reader import read_segments
from charthouse.engines.x12.remittance.reading import read_remittance
from charthouse.engines.x12.segment import Delimiters, Segment

_READERS: dict[tuple[str, str], Callable[[list[Segment], Values], Body | None]] = {
    ("837", "005010X222"): read_professional_claims,
    ("835", "005010X221"): read_remittance,
    ("999", "005010X231"): read_implementation_ack,
    ("277", "005010X214"): read_claim_ack,
}
_ENVELOPE_IDS = frozenset({"GS", "ST", "SE", "GE", "IEA"})
_ISA_LENGTH = 17
_NOWHERE = Segment(0, [""], Delimiters())


def read_interchanges(source: bytes | BinaryIO) -> Iterator[ReadInterchange]:
    """Yield every interchange of a file with its faults, in file order; never raises on damage.

    A file without any ISA gives one empty interchange that carries the fault.
    """
    found: list[X12Fault] = []
    builder: _Builder | None = None
    last = 0
    for segment in read_segments(source, found.append):
        if segment.id == "ISA" and (builder is None or len(segment.elements) == _ISA_LENGTH):
            if builder is not None:
                yield builder.finish(_take_before(segment.position, found), segment.position)
            builder = _Builder(segment)
        elif builder is not None:
            builder.take(segment)
        last = segment.position
    yield (builder or _Builder(_NOWHERE)).finish(found, last + 1)


def _take_before(position: int, found: list[X12Fault]) -> list[X12Fault]:
    """Part the tokenizer's faults: those of the interchange that ends, while the new one's stay in `found`."""
    ended = [fault for fault in found if fault.position < position]
    found[:] = [fault for fault in found if fault.position >= position]
    return ended


class _Builder:
    """Gathers one interchange; a set is handed to its typed reader as soon as it ends."""

    def __init__(self, isa: Segment) -> None:
        self._isa = isa
        self._faults: list[X12Fault] = []
        self._checks = EnvelopeChecks(isa, self._faults.append)
        self._groups: list[Group] = []
        self._acknowledgements: list[InterchangeAck] = []
        self._sets: list[TransactionSet] = []
        self._group_head: Segment | None = None
        self._set_head: Segment | None = None
        self._body: list[Segment] = []

    def take(self, segment: Segment) -> None:
        """Check one segment and put it where it belongs."""
        if self._set_head is not None and segment.elements[0] not in _ENVELOPE_IDS:
            self._body.append(segment)
            return
        self._checks.feed(segment)
        match segment.id:
            case "GS":
                self._end_group()
                self._group_head = segment
            case "ST":
                self._end_set()
                self._set_head = segment
            case "SE":
                self._end_set()
            case "GE" | "IEA":
                self._end_group()
            case "TA1" if self._group_head is None:
                self._acknowledgements.append(read_interchange_ack(segment))

    def finish(self, tokenizer_faults: list[X12Fault], end: int) -> ReadInterchange:
        """Close what is open and give the interchange with all its faults in file order."""
        self._end_group()
        if self._isa.position:
            self._checks.end(end)
        faults = sorted(tokenizer_faults + self._faults, key=lambda fault: fault.position)
        return ReadInterchange(self._interchange(), tuple(faults))

    def _end_set(self) -> None:
        head, self._set_head = self._set_head, None
        segments, self._body = self._body, []
        if head is not None:
            self._sets.append(TransactionSet(head.get(1), head.get(2), self._typed(head, segments)))

    def _typed(self, head: Segment, segments: list[Segment]) -> Body:
        guide = (self._group_head.get(8) if self._group_head else "") or head.get(3)
        read = _READERS.get((head.get(1), guide[:10]))
        body = read(segments, Values(head.get(2), head.position, self._faults.append)) if read else None
        return body or RawSet(tuple(segment.raw for segment in segments), head.get(3))

    def _end_group(self) -> None:
        self._end_set()
        head, self._group_head = self._group_head, None
        if head is None and not self._sets:
            return
        head = head or _NOWHERE
        sets, self._sets = tuple(self._sets), []
        self._groups.append(Group(head.get(1), head.get(2), head.get(3), _number(head.get(6)), head.get(8), sets))

    def _interchange(self) -> Interchange:
        isa = self._isa
        return Interchange(
            sender=PartyId(isa.get(5), isa.get(6).rstrip()),
            receiver=PartyId(isa.get(7), isa.get(8).rstrip()),
            control_number=_number(isa.get(13)),
            created_at=_moment(isa.get(9), isa.get(10)),
            usage=isa.get(15),
            groups=tuple(self._groups),
            interchange_acknowledgements=tuple(self._acknowledgements),
            acknowledgement_requested=isa.get(14) == "1",
            delimiters=isa.delimiters,
        )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _moment(day: str, clock: str) -> datetime:
    try:
        return datetime.strptime(day + clock, "%y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
