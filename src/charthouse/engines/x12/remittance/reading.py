"""Reads an 835 set: text as sent; an amount that cannot be read is None and a problem of its claim or check."""

from __future__ import annotations

from charthouse.engines.x12.fault import X12Fault
from charthouse.engines.x12.loops import Loop, RawSegment, Values, cut
from charthouse.engines.x12.professional.model import Address
from charthouse.engines.x12.remittance.claim_reading import read_claim
from charthouse.engines.x12.remittance.model import (
    BankRoute,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittancePayee,
    RemittancePayer,
)
from charthouse.engines.x12.segment import Segment
from charthouse.kit import Money


def read_remittance(segments: list[Segment], values: Values) -> Remittance:
    """Read everything between ST and SE of an 835; always gives a check, with its problems."""
    problems: list[X12Fault] = []
    own = values.also_to(problems.append)
    head, stretches = cut(segments, "LX", "PLB", "CLP")
    header, parties = cut(head, "N1")
    loop = Loop("header", header, own)
    payment, trace = loop.require("BPR"), loop.require("TRN")
    claims, adjustments, unread = _read_stretches(stretches, own, values)
    return Remittance(
        number=trace.get(2),
        originator=trace.get(3),
        amount=own.money(payment, 2, "header") if payment.id else None,
        paid_on=own.day(payment, 16, "header"),
        handling=payment.get(1),
        direction=payment.get(3),
        method=payment.get(4),
        route=BankRoute(*(payment.get(n) for n in range(5, 16))),
        receiver_id=loop.take("REF", "EV").get(2),
        produced_on=own.day(loop.take("DTM", "405"), 2, "header"),
        payer=_payer(_party("PR", parties, own)),
        payee=_payee(_party("PE", parties, own)),
        claims=claims,
        provider_adjustments=adjustments,
        unread=loop.left + unread,
        problems=tuple(problems),
    )


def _read_stretches(
    stretches: list[list[Segment]], own: Values, values: Values
) -> tuple[tuple[RemittanceClaim, ...], tuple[ProviderAdjustment, ...], tuple[RawSegment, ...]]:
    claims: list[RemittanceClaim] = []
    adjustments: list[ProviderAdjustment] = []
    unread: list[RawSegment] = []
    header = "1"
    for stretch in stretches:
        match stretch[0].id:
            case "LX":
                header = stretch[0].get(1)
                unread += [segment.raw for segment in stretch[1:]]
            case "CLP":
                claims.append(read_claim(stretch, header, values))
            case "PLB":
                adjustments += _provider_adjustments(stretch[0], own)
                unread += [segment.raw for segment in stretch[1:]]
    return tuple(claims), tuple(adjustments), tuple(unread)


def _party(qualifier: str, parties: list[list[Segment]], own: Values) -> Loop:
    own_segments = next((party for party in parties if party[0].get(1) == qualifier), [])
    return Loop("1000A" if qualifier == "PR" else "1000B", own_segments, own)


def _payer(loop: Loop) -> RemittancePayer:
    name, contact = loop.require("N1", "PR"), loop.take("PER", "BL")
    return RemittancePayer(
        name=name.get(2),
        identifier_qualifier=name.get(3),
        identifier=name.get(4),
        address=_address(loop),
        reference=loop.take("REF", "2U").get(2),
        contact_name=contact.get(2),
        contact_phone=contact.get(4) if contact.get(3) == "TE" else "",
    )


def _payee(loop: Loop) -> RemittancePayee:
    name = loop.require("N1", "PE")
    tax_id = loop.take("REF", "TJ").get(2)
    return RemittancePayee(name.get(2), name.get(4), name.get(3), _address(loop), tax_id)


def _address(loop: Loop) -> Address | None:
    street, place = loop.take("N3"), loop.take("N4")
    if not street.id and not place.id:
        return None
    return Address(street.get(1), place.get(1), place.get(2), place.get(3), street.get(2))


def _provider_adjustments(segment: Segment, own: Values) -> list[ProviderAdjustment]:
    """Every reason and amount of one PLB; a wholly empty pair is skipped."""
    year_end = own.day(segment, 2, "summary")
    found = []
    for n in range(3, len(segment.elements), 2):
        if segment.get(n) or segment.get(n + 1):
            amount: Money | None = own.money(segment, n + 1, "summary")
            reason, reference = segment.component(n, 1), segment.component(n, 2)
            found.append(ProviderAdjustment(segment.get(1), year_end, reason, amount, reference))
    return found
