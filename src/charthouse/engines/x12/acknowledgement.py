"""What a receiver says about a file: TA1 for an interchange, 999 (005010X231A1) for a group and its sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from charthouse.engines.x12.loops import Loop, Values, cut
from charthouse.engines.x12.segment import Delimiters, Segment
from charthouse.engines.x12.writer import SegmentWriter


@dataclass(frozen=True, slots=True)
class InterchangeAck:
    """TA1: the ISA13, date and time it answers; `status` A accepted, E accepted with errors, R rejected; note code."""

    control_number: str
    created_at: datetime
    status: str
    note: str = "000"

    @property
    def is_accepted(self) -> bool:
        """Whether the interchange was taken in."""
        return self.status != "R"


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """CTX: what the error is about (CTX01 name and value) or which segment, position and loop triggered it."""

    name: str
    value: str = ""
    segment: str = ""
    position: int = 0
    loop: str = ""


@dataclass(frozen=True, slots=True)
class ElementError:
    """IK4: element and component (1-based, 0 none), data element number, error code, value sent."""

    element: int
    code: str
    component: int = 0
    reference: str = ""
    value: str = ""
    contexts: tuple[ErrorContext, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentError:
    """IK3: segment id, position counted from ST as 1, loop, error code, with its contexts and element errors."""

    segment: str
    position: int
    code: str = ""
    loop: str = ""
    contexts: tuple[ErrorContext, ...] = ()
    elements: tuple[ElementError, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAck:
    """AK2 to IK5: one set; `status` A accepted, E with errors, R rejected, M W X for security reasons."""

    kind: str
    control_number: str
    status: str
    version: str = ""
    errors: tuple[SegmentError, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the set was taken in."""
        return self.status in {"A", "E"}


@dataclass(frozen=True, slots=True)
class ImplementationAck:
    """999: the group it answers (AK1), its sets (AK2) and the verdict (AK9: A, E, P partly, R)."""

    functional_id: str
    group_control_number: str
    version: str
    status: str
    sets_sent: int
    sets_received: int
    sets_accepted: int
    sets: tuple[SetAck, ...] = ()
    codes: tuple[str, ...] = ()


def write_interchange_ack(ack: InterchangeAck, delimiters: Delimiters) -> str:
    """The TA1 segment."""
    writer, when = SegmentWriter(delimiters), ack.created_at.astimezone(UTC)
    writer.add("TA1", ack.control_number, f"{when:%y%m%d}", f"{when:%H%M}", ack.status, ack.note)
    return writer.lines[0]


def read_interchange_ack(segment: Segment) -> InterchangeAck:
    """Take a TA1 apart; a moment that cannot be read is the start of 1970."""
    try:
        when = datetime.strptime(segment.get(2) + segment.get(3), "%y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        when = datetime(1970, 1, 1, tzinfo=UTC)
    return InterchangeAck(segment.get(1), when, segment.get(4), segment.get(5))


def write_implementation_ack(ack: ImplementationAck, writer: SegmentWriter) -> None:
    """Write everything between ST and SE of a 999."""
    writer.add("AK1", ack.functional_id, ack.group_control_number, ack.version)
    for one in ack.sets:
        writer.add("AK2", one.kind, one.control_number, one.version)
        for error in one.errors:
            _write_segment_error(error, writer)
        writer.add("IK5", one.status, *one.codes)
    writer.add("AK9", ack.status, ack.sets_sent, ack.sets_received, ack.sets_accepted, *ack.codes)


def _write_segment_error(error: SegmentError, writer: SegmentWriter) -> None:
    writer.add("IK3", error.segment, error.position, error.loop, error.code)
    _write_contexts(error.contexts, writer)
    for element in error.elements:
        place = (element.element, element.component or "")
        writer.add("IK4", place, element.reference, element.code, element.value)
        _write_contexts(element.contexts, writer)


def _write_contexts(contexts: tuple[ErrorContext, ...], writer: SegmentWriter) -> None:
    for context in contexts:
        writer.add("CTX", (context.name, context.value), context.segment, context.position or "", context.loop)


def read_implementation_ack(segments: list[Segment], values: Values) -> ImplementationAck:
    """Read everything between ST and SE of a 999; missing parts are blank and reported."""
    head, sets = cut([s for s in segments if s.id != "AK9"], "AK2")
    group = Loop("header", head, values).require("AK1")
    trailer = Loop("header", [s for s in segments if s.id == "AK9"] or segments[:1], values).require("AK9")
    return ImplementationAck(
        functional_id=group.get(1),
        group_control_number=group.get(2),
        version=group.get(3),
        status=trailer.get(1),
        sets_sent=_count(trailer.get(2)),
        sets_received=_count(trailer.get(3)),
        sets_accepted=_count(trailer.get(4)),
        sets=tuple(_set_ack(one, values) for one in sets),
        codes=tuple(trailer.elements[5:]),
    )


def _set_ack(segments: list[Segment], values: Values) -> SetAck:
    head, errors = cut([s for s in segments if s.id != "IK5"], "IK3")
    verdict = Loop("2000", [s for s in segments if s.id == "IK5"] or segments[:1], values).require("IK5")
    first = head[0]
    errors_read = tuple(_segment_error(error) for error in errors)
    return SetAck(first.get(1), first.get(2), verdict.get(1), first.get(3), errors_read, tuple(verdict.elements[2:]))


def _segment_error(segments: list[Segment]) -> SegmentError:
    head, elements = cut(segments, "IK4")
    first = head[0]
    return SegmentError(
        segment=first.get(1),
        position=_count(first.get(2)),
        loop=first.get(3),
        code=first.get(4),
        contexts=_contexts(head[1:]),
        elements=tuple(_element_error(element) for element in elements),
    )


def _element_error(segments: list[Segment]) -> ElementError:
    first = segments[0]
    return ElementError(
        element=_count(first.component(1, 1)),
        component=_count(first.component(1, 2)),
        reference=first.get(2),
        code=first.get(3),
        value=first.get(4),
        contexts=_contexts(segments[1:]),
    )


def _contexts(segments: list[Segment]) -> tuple[ErrorContext, ...]:
    return tuple(
        ErrorContext(s.component(1, 1), s.component(1, 2), s.get(2), _count(s.get(3)), s.get(4))
        for s in segments
        if s.id == "CTX"
    )


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
