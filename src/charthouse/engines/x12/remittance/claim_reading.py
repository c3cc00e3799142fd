"""Reads one claim of an 835 from CLP to the next: adjustments, patient, dates and lines."""

from __future__ import annotations

from charthouse.engines.x12.fault import X12Fault
from charthouse.engines.x12.loops import Loop, Values, cut
from charthouse.engines.x12.professional.model import Provider
from charthouse.engines.x12.remittance.model import Adjustment, RemittanceClaim, RemittanceLine, RemittancePatient
from charthouse.engines.x12.segment import Segment
from charthouse.kit import Money, ServiceDates


def read_claim(segments: list[Segment], header: str, values: Values) -> RemittanceClaim:
    """Read one claim; its own problems stand at the claim."""
    problems: list[X12Fault] = []
    own = values.also_to(problems.append)
    head, lines = cut(segments, "SVC")
    loop = Loop("2100", head, own)
    claim, decision = loop.take("CLP"), loop.take("MOA")
    billed, paid = own.money(claim, 3, "2100"), own.money(claim, 4, "2100")
    return RemittanceClaim(
        patient_control_number=claim.get(1),
        status=claim.get(2),
        billed=billed,
        paid=paid,
        patient_responsibility=own.optional_money(claim, 5, "2100"),
        filing_code=claim.get(6),
        payer_control_number=claim.get(7),
        facility_code=claim.get(8),
        frequency=claim.get(9),
        adjustments=_adjustments(loop),
        patient=_patient(loop.take("NM1", "QC")),
        rendering_provider=_rendering(loop.take("NM1", "82")),
        remarks=tuple(remark for remark in decision.elements[3:8] if remark),
        dates=_dates(loop, "232", "233"),
        received_on=own.day(loop.take("DTM", "050"), 2, "2100"),
        lines=tuple(_line(line, own) for line in lines),
        header=header,
        unread=loop.left,
        problems=tuple(problems),
    )


def _patient(name: Segment) -> RemittancePatient | None:
    if not name.id:
        return None
    return RemittancePatient(name.get(3), name.get(4), name.get(5), name.get(9), name.get(8))


def _rendering(name: Segment) -> Provider | None:
    if not name.id:
        return None
    return Provider(name.get(3), name.get(9), name.get(4), name.get(5))


def _line(segments: list[Segment], own: Values) -> RemittanceLine:
    loop = Loop("2110", segments, own)
    service = loop.take("SVC")
    code = [*service.components(1), ""]
    allowed = loop.take("AMT", "B6")
    return RemittanceLine(
        qualifier=code[0],
        procedure=code[1],
        modifiers=tuple(modifier for modifier in code[2:6] if modifier),
        billed=own.money(service, 2, "2110"),
        paid=own.money(service, 3, "2110"),
        revenue_code=service.get(4),
        units_paid=own.optional_decimal(service, 5, "2110"),
        procedure_sent=service.component(6, 2),
        units_billed=own.optional_decimal(service, 7, "2110"),
        dates=_dates(loop, "472", "") or _dates(loop, "150", "151"),
        adjustments=_adjustments(loop),
        control_number=loop.take("REF", "6R").get(2),
        allowed=own.optional_money(allowed, 2, "2110"),
        remarks=tuple(remark.get(2) for remark in loop.take_all("LQ", "HE")),
        unread=loop.left,
    )


def _dates(loop: Loop, start: str, end: str) -> ServiceDates | None:
    """A day, or a span of two DTM segments; either may stand alone."""
    first, last = loop.take("DTM", start), loop.take("DTM", end)
    begin, finish = (loop.values.day(segment, 2, loop.name) for segment in (first, last))
    begin, finish = begin or finish, finish or begin
    if begin is None or finish is None:
        return None
    if finish < begin:
        loop.values.fault(last, 2, "x12.element.date", "The span ends before it starts.", loop.name)
        return None
    return ServiceDates(begin, finish)


def _adjustments(loop: Loop) -> tuple[Adjustment, ...]:
    found: list[Adjustment] = []
    for segment in loop.take_all("CAS"):
        triplets = range(2, len(segment.elements), 3)
        found += [_adjustment(segment, n, loop) for n in triplets if any(segment.elements[n : n + 3])]
    return tuple(found)


def _adjustment(segment: Segment, n: int, loop: Loop) -> Adjustment:
    """One triplet. An empty amount counts as nothing and is a problem; an unreadable one is None."""
    if segment.get(n + 1):
        amount = loop.values.money(segment, n + 1, loop.name)
    else:
        amount, sentence = Money(0), "A reason stands without an amount; it counts as 0."
        loop.values.fault(segment, n + 1, "x12.835.adjustment-without-amount", sentence, loop.name)
    quantity = loop.values.optional_decimal(segment, n + 2, loop.name)
    return Adjustment(segment.get(1), segment.get(n), amount, quantity)
