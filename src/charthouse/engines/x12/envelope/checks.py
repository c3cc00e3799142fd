"""Envelope checks: order of the envelope, counts and control numbers, as faults at the segment that is wrong."""

from __future__ import annotations

from charthouse.engines.x12.fault import Report, X12Fault
from charthouse.engines.x12.segment import Segment


class EnvelopeChecks:
    """Fed every segment of one interchange in order; remembers what is open and what must be counted."""

    def __init__(self, isa: Segment, report: Report) -> None:
        self._report = report
        self._isa_control = isa.get(13)
        self._group: Segment | None = None
        self._set: Segment | None = None
        self._group_controls: set[str] = set()
        self._set_controls: set[str] = set()
        self._set_count = 0
        self._group_count = 0
        self._is_closed = False
        if isa.id == "ISA" and not (isa.get(13).isascii() and isa.get(13).isdigit()):
            self._fault(isa, 13, "x12.isa13.number", "ISA13 must be nine digits.")

    def feed(self, segment: Segment) -> None:
        """Check one segment against what is open."""
        match segment.id:
            case "GS":
                self._open_group(segment)
            case "ST":
                self._open_set(segment)
            case "SE":
                self._close_set(segment)
            case "GE":
                self._close_group(segment)
            case "IEA":
                self._close_interchange(segment)
            case _:
                self._inside(segment)

    def end(self, position: int) -> None:
        """The interchange is over at `position`: whatever is still open lacks its trailer."""
        if self._is_closed:
            return
        self._close_open_group(position)
        self._missing("IEA", position)

    def _open_group(self, segment: Segment) -> None:
        self._close_open_group(segment.position)
        self._group, self._set_count = segment, 0
        self._group_count += 1
        self._set_controls = set()
        if segment.get(6) in self._group_controls:
            self._fault(
                segment, 6, "x12.gs06.repeated", "This group control number was used before in the interchange."
            )
        self._group_controls.add(segment.get(6))

    def _open_set(self, segment: Segment) -> None:
        if self._set is not None:
            self._missing("SE", segment.position)
        if self._group is None:
            self._fault(segment, 0, "x12.st.outside-group", "A transaction set stands outside any group.")
        self._set = segment
        self._set_count += 1
        if segment.get(2) in self._set_controls:
            self._fault(segment, 2, "x12.st02.repeated", "This set control number was used before in the group.")
        self._set_controls.add(segment.get(2))

    def _close_set(self, segment: Segment) -> None:
        if self._set is None:
            self._fault(segment, 0, "x12.se.without-st", "SE closes a set that was not opened.")
            return
        count = segment.position - self._set.position + 1
        self._expect(segment, 1, str(count), "x12.se01.count", "SE01 must be the number of segments from ST to SE")
        self._expect(segment, 2, self._set.get(2), "x12.se02.control-number", "SE02 must equal ST02")
        self._set = None

    def _close_group(self, segment: Segment) -> None:
        if self._set is not None:
            self._missing("SE", segment.position)
            self._set = None
        if self._group is None:
            self._fault(segment, 0, "x12.ge.without-gs", "GE closes a group that was not opened.")
            return
        self._expect(segment, 1, str(self._set_count), "x12.ge01.count", "GE01 must be the number of sets")
        self._expect(segment, 2, self._group.get(6), "x12.ge02.control-number", "GE02 must equal GS06")
        self._group = None

    def _close_interchange(self, segment: Segment) -> None:
        self._close_open_group(segment.position)
        self._is_closed = True
        self._expect(segment, 1, str(self._group_count), "x12.iea01.count", "IEA01 must be the number of groups")
        self._expect(segment, 2, self._isa_control, "x12.iea02.control-number", "IEA02 must equal ISA13")

    def _close_open_group(self, position: int) -> None:
        if self._set is not None:
            self._missing("SE", position)
            self._set = None
        if self._group is not None:
            self._missing("GE", position)
            self._group = None

    def _inside(self, segment: Segment) -> None:
        is_interchange_level = segment.id == "TA1" and self._group is None
        if self._set is None and not is_interchange_level:
            self._fault(segment, 0, "x12.segment.outside-set", "This segment stands outside any transaction set.")

    def _expect(self, segment: Segment, element: int, wanted: str, rule: str, sentence: str) -> None:
        found = segment.get(element)
        same = found.lstrip("0") == wanted.lstrip("0") if element == 1 else found == wanted
        if not same:
            self._fault(segment, element, rule, f"{sentence}: {wanted} was expected, {found or 'nothing'} was sent.")

    def _missing(self, segment_id: str, position: int) -> None:
        sentence = f"The trailer {segment_id} is missing."
        control = self._set.get(2) if self._set else ""
        rule = f"x12.{segment_id.lower()}.missing"
        self._report(X12Fault(1, rule, sentence, position, segment_id, set_control=control))

    def _fault(self, segment: Segment, element: int, rule: str, sentence: str) -> None:
        opened = self._set
        self._report(
            X12Fault(
                level=1,
                rule=rule,
                sentence=sentence,
                position=segment.position,
                segment=segment.id,
                element=element,
                value=segment.get(element) if element else "",
                set_control=opened.get(2) if opened else "",
                position_in_set=segment.position - opened.position + 1 if opened else 0,
            )
        )
