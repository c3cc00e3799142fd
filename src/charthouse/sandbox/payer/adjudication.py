"""Deciding on a claim: take it in or refuse it, then pay, reduce or deny each line; always the same for the same."""

from __future__ import annotations

from charthouse.engines import x12
from charthouse.kit import Money
from charthouse.sandbox.payer.behaviour import Behaviour

ACCEPTED = x12.ClaimStatus("A2", "20", "PR")
_NO_MEMBER = x12.ClaimStatus("A7", "164", "IL")
_INVALID = x12.ClaimStatus("A7", "21")
_PAID, _DENIED = "1", "4"


def take_in(claim: x12.ProfessionalClaim) -> x12.ClaimStatus:
    """The status a claim gets in the 277CA."""
    if not claim.subscriber.member_id:
        return _NO_MEMBER
    return _INVALID if x12.check_claim(claim) else ACCEPTED


def adjudicate(claim: x12.ProfessionalClaim, behaviour: Behaviour, payer_number: str) -> x12.RemittanceClaim:
    """The payer's decision on a claim it took in; balanced by construction."""
    lines = tuple(_line(claim, line, behaviour) for line in claim.lines)
    paid = Money.total(line.paid for line in lines if line.paid is not None)
    person = claim.subscriber.person
    return x12.RemittanceClaim(
        patient_control_number=claim.patient_control_number,
        status=_DENIED if _all_denied(claim, behaviour) else _PAID,
        billed=claim.total_charge,
        paid=paid,
        filing_code=claim.subscriber.filing_code,
        payer_control_number=payer_number,
        facility_code=claim.place_of_service,
        frequency=claim.frequency,
        patient=x12.RemittancePatient(
            person.family_name, person.given_name, person.middle_name, claim.subscriber.member_id, "MI"
        ),
        lines=lines,
    )


def _all_denied(claim: x12.ProfessionalClaim, behaviour: Behaviour) -> bool:
    return all(_denial(claim, line, behaviour) for line in claim.lines)


def _denial(claim: x12.ProfessionalClaim, line: x12.ClaimLine, behaviour: Behaviour) -> tuple[str, str] | None:
    """Group and reason when a rule denies the line."""
    pointed = tuple(claim.diagnoses[n - 1].value for n in line.pointers if 1 <= n <= len(claim.diagnoses))
    rule = next((rule for rule in behaviour.denials if rule.denies(line.procedure, pointed)), None)
    return (rule.group, rule.reason) if rule else None


def _line(claim: x12.ProfessionalClaim, line: x12.ClaimLine, behaviour: Behaviour) -> x12.RemittanceLine:
    denial = _denial(claim, line, behaviour)
    share = 0 if denial else behaviour.pays_percent
    paid, rest = line.charge.split([share, 100 - share])
    group, reason = denial or (behaviour.group, behaviour.reason)
    return x12.RemittanceLine(
        procedure=line.procedure,
        billed=line.charge,
        paid=paid,
        modifiers=line.modifiers,
        units_paid=None if denial else line.units,
        dates=line.dates,
        adjustments=(x12.Adjustment(group, reason, rest),) if rest else (),
        control_number=line.control_number,
        allowed=paid,
    )
