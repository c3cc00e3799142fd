"""Reads an 837P set: cuts it at its levels, claims and lines, and takes each stretch apart into the model."""

from __future__ import annotations

from charthouse.engines.x12.loops import Loop, Values, cut
from charthouse.engines.x12.professional.claim_reading import Parties, read_address, read_claim
from charthouse.engines.x12.professional.model import (
    BillingProvider,
    Patient,
    Payer,
    Person,
    ProfessionalClaim,
    ProfessionalClaims,
    Receiver,
    Submitter,
    Subscriber,
)
from charthouse.engines.x12.segment import Segment
from charthouse.kit import Sex


def read_professional_claims(segments: list[Segment], values: Values) -> ProfessionalClaims | None:
    """The set as claims, or None when a value it cannot do without is missing or unreadable (faults say which)."""
    header, levels = cut(segments, "HL")
    loop = Loop("1000A", header, values)
    beginning = loop.require("BHT")
    submitter = _submitter(loop)
    receiver = loop.require("NM1", "40")
    claims = _LevelReader(values).read(levels)
    created_at = values.moment(beginning, 4, 5, "header")
    if values.count:
        return None
    return ProfessionalClaims(
        reference=beginning.get(3),
        created_at=created_at,
        submitter=submitter,
        receiver=Receiver(receiver.get(3), receiver.get(9)),
        claims=tuple(claims),
        purpose=beginning.get(2),
        kind=beginning.get(6),
    )


class _LevelReader:
    """Walks the HL levels and remembers the parties that claims below them are under."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._billing_provider: BillingProvider | None = None
        self._subscriber: Subscriber | None = None
        self._payer: Payer | None = None
        self._claims: list[ProfessionalClaim] = []

    def read(self, levels: list[list[Segment]]) -> list[ProfessionalClaim]:
        for level in levels:
            head, claims = cut(level, "CLM")
            patient = self._enter(head)
            for claim in claims:
                self._read_claim(claim, patient)
        return self._claims

    def _enter(self, head: list[Segment]) -> Patient | None:
        match head[0].get(3):
            case "20":
                self._billing_provider = _billing_provider(Loop("2010AA", head, self._values))
                self._subscriber = self._payer = None
            case "22":
                self._subscriber, self._payer = _subscriber_and_payer(head, self._values)
            case "23":
                return _patient(Loop("2010CA", head, self._values))
            case _:
                self._values.fault(head[0], 3, "x12.837p.level", "This level does not exist in a claim set.", "2000")
        return None

    def _read_claim(self, segments: list[Segment], patient: Patient | None) -> None:
        if self._billing_provider is None or self._subscriber is None or self._payer is None:
            sentence = "A claim stands outside a billing provider and a subscriber."
            self._values.fault(segments[0], 0, "x12.837p.claim-outside-level", sentence, "2300")
            return
        parties = Parties(self._billing_provider, self._subscriber, self._payer, patient)
        self._claims.append(read_claim(segments, parties, self._values))


def _submitter(loop: Loop) -> Submitter:
    name, contact = loop.require("NM1", "41"), loop.take("PER", "IC")
    reach = {contact.get(n): contact.get(n + 1) for n in (7, 5, 3)}
    return Submitter(name.get(3), name.get(9), contact.get(2), reach.get("TE", ""), reach.get("EM", ""))


def _billing_provider(loop: Loop) -> BillingProvider:
    name = loop.require("NM1", "85")
    tax_id = loop.take("REF", "EI", "SY")
    return BillingProvider(
        name=name.get(3),
        npi=name.get(9),
        tax_id=tax_id.get(2),
        address=read_address(loop),
        taxonomy=loop.take("PRV", "BI").get(3),
        given_name=name.get(4),
        tax_id_kind=tax_id.get(1) or "EI",
    )


def _subscriber_and_payer(head: list[Segment], values: Values) -> tuple[Subscriber, Payer]:
    # N3, N4 and DMG after NM1*PR would be the payer's, so the level is cut at its names first.
    level, names = cut(head, "NM1")
    coverage = Loop("2000B", level, values).require("SBR")
    loops = {name[0].get(1): Loop("2010B", name, values) for name in reversed(names)}
    insured = loops.get("IL") or Loop("2010BA", level[:1], values)
    payer = loops.get("PR") or Loop("2010BB", level[:1], values)
    insured_name, payer_name = insured.require("NM1", "IL"), payer.require("NM1", "PR")
    subscriber = Subscriber(
        person=_person(insured_name, insured),
        member_id=insured_name.get(9),
        responsibility=coverage.get(1),
        group_number=coverage.get(3),
        group_name=coverage.get(4),
        filing_code=coverage.get(9),
    )
    address = read_address(payer)
    return subscriber, Payer(payer_name.get(3), payer_name.get(9), address if address.line or address.city else None)


def _patient(loop: Loop) -> Patient:
    relationship = loop.require("PAT").get(1)
    return Patient(_person(loop.require("NM1", "QC"), loop), relationship)


def _person(name: Segment, loop: Loop) -> Person:
    details, address = loop.take("DMG"), read_address(loop)
    sex = details.get(3)
    return Person(
        family_name=name.get(3),
        given_name=name.get(4),
        middle_name=name.get(5),
        suffix=name.get(7),
        birth_date=loop.values.day(details, 2, loop.name),
        sex=Sex(sex) if sex in set(Sex) else Sex.UNKNOWN,
        address=address if address.line or address.city else None,
    )
