"""Writing a payer's answers to one interchange: TA1 with 999, 277CA, 835."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from charthouse.engines import x12
from charthouse.kit import Money
from charthouse.sandbox.payer.adjudication import ACCEPTED, adjudicate, take_in
from charthouse.sandbox.payer.behaviour import Behaviour

DUPLICATE, CONTENT, CUT_OFF = "025", "024", "023"
_SETS_PER_ANSWER = 3


@dataclass(frozen=True, slots=True)
class Answering:
    """One interchange to answer, and the payer's own running number of it, from which every number is made."""

    read: x12.ReadInterchange
    serial: int
    behaviours: dict[str, Behaviour]
    is_repeated: bool = False

    @property
    def note(self) -> str:
        """The TA1 note code: `000` when the interchange is taken in."""
        if self.is_repeated:
            return DUPLICATE
        in_envelope = [fault for fault in self.read.faults if not fault.set_control]
        if any(fault.rule.endswith("missing") and fault.segment in ("IEA", "GE") for fault in in_envelope):
            return CUT_OFF
        return CONTENT if in_envelope else "000"

    @property
    def is_taken(self) -> bool:
        """Whether everything in it could be read."""
        return self.note == "000" and not self.read.faults

    def claims(self) -> list[tuple[str, x12.ProfessionalClaims, x12.ProfessionalClaim, str]]:
        """Every claim with the reference of its set, its set, and the number the payer gives it."""
        bodies = [
            one.body
            for group in self.read.interchange.groups
            for one in group.sets
            if isinstance(one.body, x12.ProfessionalClaims)
        ]
        pairs = [(body, claim) for body in bodies for claim in body.claims]
        return [
            (body.reference, body, claim, f"{claim.payer.identifier[:3]}{self.serial:06d}{n:04d}")
            for n, (body, claim) in enumerate(pairs, start=1)
        ]


def write_answers(answering: Answering) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each answer, in the order a payer sends them."""
    name = f"{answering.serial:06d}"
    yield f"{name}-1-999.edi", _interchange(answering, 1, "FA", _acknowledged_sets(answering))
    if not answering.is_taken or not answering.claims():
        return
    yield f"{name}-2-277ca.edi", _interchange(answering, 2, "HN", [_claim_ack(answering)])
    checks = _checks(answering)
    if checks:
        yield f"{name}-3-835.edi", _interchange(answering, 3, "HP", checks)


_GUIDES = {"FA": "005010X231A1", "HN": "005010X214", "HP": "005010X221A1"}
_KINDS = {"FA": "999", "HN": "277", "HP": "835"}


def _interchange(
    answering: Answering,
    part: int,
    functional_id: str,
    bodies: Sequence[x12.ImplementationAck | x12.ClaimAck | x12.Remittance],
) -> bytes:
    """One interchange back to the sender; the TA1 goes with the 999."""
    told = answering.read.interchange
    control = answering.serial * _SETS_PER_ANSWER + part
    sets = tuple(x12.TransactionSet(_KINDS[functional_id], f"{n:04d}", body) for n, body in enumerate(bodies, start=1))
    sender, receiver = told.receiver.id or "PAYER", told.sender.id or "UNKNOWN"
    group = x12.Group(functional_id, sender, receiver, control, _GUIDES[functional_id], sets)
    status = "A" if answering.note == "000" else "R"
    ta1 = x12.InterchangeAck(f"{told.control_number:09d}", told.created_at, status, answering.note)
    return x12.write_interchange(
        x12.Interchange(
            sender=x12.PartyId("ZZ", sender),
            receiver=x12.PartyId("ZZ", receiver),
            control_number=control,
            created_at=told.created_at + timedelta(minutes=part),
            usage=told.usage if told.usage in ("T", "P") else "T",
            groups=(group,) if sets else (),
            interchange_acknowledgements=(ta1,) if part == 1 else (),
        )
    )


def _acknowledged_sets(answering: Answering) -> list[x12.ImplementationAck]:
    """A 999 for each group; none when the interchange itself is refused, as its groups were never opened."""
    if answering.note != "000":
        return []
    return [_acknowledged(group, answering.read.faults) for group in answering.read.interchange.groups]


def _acknowledged(group: x12.Group, faults: Sequence[x12.X12Fault]) -> x12.ImplementationAck:
    sets = tuple(_set_ack(one, group.version, faults) for one in group.sets)
    accepted = sum(one.is_accepted for one in sets)
    status = "A" if accepted == len(sets) else "P" if accepted else "R"
    return x12.ImplementationAck(
        functional_id=group.functional_id,
        group_control_number=str(group.control_number),
        version=group.version,
        status=status,
        sets_sent=len(sets),
        sets_received=len(sets),
        sets_accepted=accepted,
        sets=sets,
    )


def _set_ack(one: x12.TransactionSet, version: str, faults: Sequence[x12.X12Fault]) -> x12.SetAck:
    errors = tuple(_error(fault) for fault in faults if fault.set_control == one.control_number)
    status, codes = ("R", ("5",)) if errors else ("A", ())
    return x12.SetAck(one.kind, one.control_number, status, version, errors, codes)


def _error(fault: x12.X12Fault) -> x12.SegmentError:
    if not fault.element:
        return x12.SegmentError(fault.segment, fault.position_in_set, "3")
    element = x12.ElementError(fault.element, "7")
    return x12.SegmentError(fault.segment, fault.position_in_set, "8", elements=(element,))


def _claim_ack(answering: Answering) -> x12.ClaimAck:
    """One 277CA for the interchange: its claims under their billing providers."""
    told, claims = answering.read.interchange, answering.claims()
    reference, body, first, _ = claims[0]
    by_provider = groupby(claims, key=lambda entry: entry[2].billing_provider)
    return x12.ClaimAck(
        reference=f"CA{answering.serial:09d}",
        created_at=told.created_at,
        source_name=first.payer.name,
        source_id=first.payer.identifier,
        receiver_name=body.submitter.name,
        receiver_id=body.submitter.identifier,
        claim_file_reference=reference,
        received_on=told.created_at.date(),
        processed_on=told.created_at.date(),
        statuses=(x12.ClaimStatus("A1", "19", "PR", told.created_at.date(), "WQ"),),
        providers=tuple(
            x12.ProviderStatusReport(
                provider.name, provider.npi, tuple(_report(claim, number) for _, _, claim, number in own)
            )
            for provider, own in by_provider
        ),
        source_trace=f"{answering.serial}",
    )


def _report(claim: x12.ProfessionalClaim, number: str) -> x12.ClaimStatusReport:
    status = take_in(claim)
    is_taken = status == ACCEPTED
    return x12.ClaimStatusReport(
        patient_control_number=claim.patient_control_number,
        family_name=claim.subscriber.person.family_name,
        given_name=claim.subscriber.person.given_name,
        member_id=claim.subscriber.member_id,
        statuses=(status,),
        payer_control_number=number if is_taken else "",
    )


def _checks(answering: Answering) -> list[x12.Remittance]:
    """One check for each payer named in the claims that were taken in."""
    taken = [entry for entry in answering.claims() if take_in(entry[2]) == ACCEPTED]
    taken.sort(key=lambda entry: entry[2].payer.identifier)
    grouped = groupby(taken, key=lambda entry: entry[2].payer.identifier)
    return [_check(answering, identifier, [(e[2], e[3]) for e in own]) for identifier, own in grouped]


def _check(answering: Answering, identifier: str, claims: list[tuple[x12.ProfessionalClaim, str]]) -> x12.Remittance:
    behaviour = answering.behaviours.get(identifier, Behaviour())
    decided = tuple(adjudicate(claim, behaviour, number) for claim, number in claims)
    amount = Money.total(claim.paid for claim in decided if claim.paid is not None)
    first, day = claims[0][0], answering.read.interchange.created_at.date()
    return x12.Remittance(
        number=f"{identifier[:3]}{answering.serial:08d}",
        originator=_company_id(identifier),
        amount=amount,
        paid_on=day,
        method="CHK" if amount else "NON",
        handling="I" if amount else "H",
        payer=x12.RemittancePayer(
            first.payer.name,
            x12.Address("1 SANDBOX SQUARE", "PORTLAND", "ME", "04101"),
            contact_name="SANDBOX DESK",
            contact_phone="2075550199",
        ),
        payee=x12.RemittancePayee(first.billing_provider.name, first.billing_provider.npi),
        claims=decided,
        produced_on=day,
    )


def _company_id(identifier: str) -> str:
    """TRN03: `1` and nine digits, always the same for a payer."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    return f"1{int(digest[:12], 16) % 10**9:09d}"
