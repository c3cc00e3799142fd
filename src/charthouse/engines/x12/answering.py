"""Makes the 999 a receiver owes for a group it read: each set's faults as IK3 and IK4, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from charthouse.engines.x12.acknowledgement import ElementError, ImplementationAck, SegmentError, SetAck
from charthouse.engines.x12.envelope.model import Group, TransactionSet
from charthouse.engines.x12.fault import X12Fault

_SEGMENT_MISSING = "3"
_SEGMENT_HAS_ELEMENT_ERRORS = "8"
_SEGMENTS_IN_ERROR = "5"
# Element 718, why a set is rejected, and element 716, why a group is.
_SET_CODES = {
    "x12.se.missing": "2",
    "x12.se02.control-number": "3",
    "x12.se01.count": "4",
    "x12.st02.repeated": "23",
}
_GROUP_CODES = {"x12.ge.missing": "3", "x12.ge02.control-number": "4", "x12.ge01.count": "5"}
# Element 723, what is wrong with an element.
_ELEMENT_CODES = {"x12.element.missing": "1", "x12.element.date": "8", "x12.element.time": "9"}
_INVALID_CHARACTER = "6"


def answer_group(group: Group, faults: Iterable[X12Fault]) -> ImplementationAck:
    """The 999 for a group: a set with any fault is rejected, and a group whose own trailer is wrong as a whole.

    `faults` are those of the interchange; a set's own are told by its control number.
    """
    found = list(faults)
    codes = tuple(_GROUP_CODES[fault.rule] for fault in found if fault.rule in _GROUP_CODES)
    sets = tuple(_answer_set(one, group, found) for one in group.sets)
    accepted = 0 if codes else sum(one.is_accepted for one in sets)
    return ImplementationAck(
        functional_id=group.functional_id,
        group_control_number=str(group.control_number),
        version=group.version,
        status=_verdict(accepted, len(sets)),
        sets_sent=len(sets),
        sets_received=len(sets),
        sets_accepted=accepted,
        sets=sets,
        codes=codes,
    )


def _verdict(accepted: int, received: int) -> str:
    if accepted == received and received:
        return "A"
    return "P" if accepted else "R"


def _answer_set(one: TransactionSet, group: Group, faults: list[X12Fault]) -> SetAck:
    own = [fault for fault in faults if fault.set_control == one.control_number]
    errors = tuple(_segment_error(fault) for fault in own if fault.rule not in _SET_CODES)
    codes = [_SET_CODES[fault.rule] for fault in own if fault.rule in _SET_CODES]
    codes += [_SEGMENTS_IN_ERROR] if errors else []
    return SetAck(one.kind, one.control_number, "R" if own else "A", group.version, errors, tuple(codes[:5]))


def _segment_error(fault: X12Fault) -> SegmentError:
    loop = fault.loop if fault.loop not in {"header", "summary"} else ""
    if not fault.element:
        return SegmentError(fault.segment, fault.position_in_set, _SEGMENT_MISSING, loop)
    code = _ELEMENT_CODES.get(fault.rule, _INVALID_CHARACTER if fault.value else "1")
    element = ElementError(fault.element, code, fault.component, value=fault.value)
    return SegmentError(fault.segment, fault.position_in_set, _SEGMENT_HAS_ELEMENT_ERRORS, loop, elements=(element,))
