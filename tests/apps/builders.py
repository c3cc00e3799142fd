"""Small builders of test data, named for what they make. Everyone in them is invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from itertools import count

from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.billing.actions import make_claim
from charthouse.apps.billing.models import Claim
from charthouse.apps.charts.models import Coverage, Document, Encounter, Patient
from charthouse.apps.coding.content import FinalCoding, FinalDiagnosis, digest
from charthouse.apps.coding.content import FinalProcedure as Service
from charthouse.apps.coding.models import CodingSession, CodingSummary
from charthouse.apps.core.cipher import blind_index
from charthouse.apps.core.clock import now
from charthouse.apps.exchange.models import Channel
from charthouse.apps.practice.models import BillingProfile, ChargeItem, Facility, Payer, Provider
from charthouse.apps.program.actions import publish_agreement, sign
from charthouse.apps.program.models import AgreementKind, AgreementVersion, Signature
from charthouse.apps.program.selectors import current_agreement
from charthouse.apps.worklists.models import WorkItem

_numbers = count(1)


def organization(name: str = "Test Practice") -> Organization:
    """An organization."""
    return Organization.objects.create(name=name, slug=f"org-{next(_numbers)}")


def person(*roles: Role, at: Organization | None = None, name: str = "Pat Example", remote: bool = True) -> Person:
    """Somebody with roles in an organization."""
    made = Person.objects.create_user(
        f"p{next(_numbers)}@example.test", "correct horse battery", full_name=name, is_remote=remote
    )
    for role in roles:
        Membership.objects.create(person=made, organization=at or organization(), role=role)
    return made


def channel(at: Organization) -> Channel:
    """A folder channel to a payer."""
    number = next(_numbers)
    return Channel.objects.create(
        organization=at, slug=f"payer-{number}", name="Test channel", sender_id="TESTSUB", receiver_id=f"PAYER{number}"
    )


def payer(at: Organization, name: str = "Test Payer") -> Payer:
    """A payer with a channel of its own."""
    return Payer.objects.create(
        organization=at, name=name, payer_id=f"TP{next(_numbers):04d}", channel=channel(at), appeal_days=60
    )


def billing_profile(at: Organization) -> BillingProfile:
    """A billing profile that claims can be built from."""
    return BillingProfile.objects.create(
        organization=at,
        legal_name="TEST PRACTICE LLC",
        npi="1234567893",
        tax_id="123456789",
        taxonomy="207Q00000X",
        submitter_id="TESTSUB",
        contact_name="TEST CONTACT",
        contact_phone="5555550100",
        address_line="1 TEST WAY",
        city="MARLOW",
        state="VT",
        postal_code="050010001",
    )


def facility(at: Organization, place_of_service: str = "11") -> Facility:
    """A clinic, or another place of service."""
    return Facility.objects.create(
        organization=at,
        name=f"Test Clinic {next(_numbers)}",
        npi="1245319599",
        place_of_service=place_of_service,
        address_line="2 TEST WAY",
        city="MARLOW",
        state="VT",
        postal_code="050010001",
    )


def provider(at: Organization) -> Provider:
    """A physician."""
    return Provider.objects.create(
        organization=at,
        family_name="Varga",
        given_name="Lena",
        credential="DO",
        npi="1234567893",
        taxonomy="207R00000X",
    )


def charge_item(at: Organization, code: str, cents: int = 10_000) -> ChargeItem:
    """A priced code."""
    return ChargeItem.objects.create(
        organization=at, code=code, label=f"Service {code}", price_cents=cents, effective_from=date(2020, 1, 1)
    )


def patient(at: Organization, family_name: str = "Okafor") -> Patient:
    """A patient."""
    number = f"MRN-{next(_numbers)}"
    return Patient.objects.create(
        organization=at,
        mrn=number,
        mrn_index=blind_index(number, "mrn"),
        family_name=family_name,
        given_name="Maren",
        middle_name="T",
        birth_date_text="1959-03-04",
        sex="F",
        address={"line": "3 TEST WAY", "city": "MARLOW", "state": "VT", "postal_code": "05001"},
    )


def coverage(of: Patient, by: Payer | None) -> Coverage:
    """A primary coverage."""
    return Coverage.objects.create(
        patient=of, payer=by, payer_name=by.name if by else "Unknown", member_id="TM123456", group_number="", rank=1
    )


def encounter(
    at: Organization, *, of: Patient | None = None, kind: str = "visit", on: date = date(2026, 11, 18)
) -> Encounter:
    """An encounter of one day with a facility and a provider."""
    number = f"E-{next(_numbers)}"
    return Encounter.objects.create(
        organization=at,
        patient=of or patient(at),
        number=number,
        number_index=blind_index(number, "encounter"),
        kind=kind,
        title="Office visit",
        service_from=on,
        service_to=on,
        facility=facility(at),
        provider=Provider.objects.filter(organization=at).first() or provider(at),
    )


def document(of: Encounter, text: str = "Patient has type 2 diabetes.", title: str = "Progress note") -> Document:
    """A signed note with one section."""
    return Document.objects.create(
        patient=of.patient,
        encounter=of,
        key_index=f"key-{next(_numbers)}",
        title=title,
        kind="progress-note",
        author="L. Varga DO",
        written_at=now(),
        is_signed=True,
        body=[{"title": "Assessment", "text": text}],
    )


def coder(at: Organization, name: str = "Noor Haddad") -> Person:
    """A coder who works on site, so that no agreements are asked for."""
    return person(Role.CODER, at=at, name=name, remote=False)


def assigned(to_code: Encounter, by: Person) -> WorkItem:
    """Put an encounter into a coder's hands for two hours."""
    at = now()
    return WorkItem.objects.create(
        encounter=to_code,
        state=WorkItem.State.IN_PROGRESS,
        assigned_to=by,
        lease_until=at + timedelta(hours=2),
        codable_at=at,
        due_at=at + timedelta(days=2),
    )


def agreement(at: Organization, kind: str, effective_from: date = date(2026, 1, 5)) -> AgreementVersion:
    """The next version of an agreement, in force since a day in the past."""
    number = next(_numbers)
    text = f"I, {{person}}, keep wording {number} of {{organization}} at {{home_office}}."
    return publish_agreement(
        None,
        at,
        kind,
        [{"title": "The work", "clauses": [{"key": "A1", "heading": "First", "text": text}]}],
        AgreementKind(kind).label,
        "In short.",
        effective_from,
    )


def signature(by: Person, on: AgreementVersion) -> Signature:
    """A signature given just now."""
    return sign(
        by,
        on,
        typed_name=by.full_name,
        consent=True,
        reauthenticated_by="totp",
        address="192.0.2.7",
        device="Test browser",
    )


def open_gate(by: Person, at: Organization) -> None:
    """Publish what is not yet published and sign all of it."""
    for kind in AgreementKind:
        signature(by, current_agreement(at.pk, kind) or agreement(at, kind))


def remote_coder(at: Organization, name: str = "Noor Haddad") -> Person:
    """A remote coder who has signed everything."""
    made = person(Role.CODER, at=at, name=name)
    open_gate(made, at)
    return made


def work_item(of: Encounter, priority: int = 2, due_at: datetime | None = None) -> WorkItem:
    """An item that is ready to code."""
    at = now()
    return WorkItem.objects.create(
        encounter=of, priority=priority, codable_at=at, due_at=due_at or at + timedelta(days=2)
    )


def service(code: str, *pointers: int, units: int = 1, on: date = date(2026, 11, 18), modifiers: str = "") -> Service:
    """A service as coding leaves it; `modifiers` parted by blanks."""
    return Service(0, code, "hcpcs", f"Service {code}", tuple(modifiers.split()), units, on, "", pointers or (1,), ())


def coding_summary(
    of: Encounter, *services: Service, diagnoses: Sequence[str] = ("E1122", "R05"), by: Person | None = None
) -> CodingSummary:
    """Final coding of an encounter, without the work that leads to it."""
    coder_of_it = by or coder(of.organization)
    coded = [FinalDiagnosis(n, code, f"Condition {code}", "", ()) for n, code in enumerate(diagnoses, start=1)]
    numbered = [replace(one, position=n) for n, one in enumerate(services, start=1)]
    final = FinalCoding(str(of.uid), str(coder_of_it.uid), 1, tuple(coded), tuple(numbered), (), {})
    content = json.loads(json.dumps({"format": 1} | asdict(final), default=str))
    session = CodingSession.objects.create(encounter=of, coder=coder_of_it, state="final", opened_at=now())
    return CodingSummary.objects.create(
        encounter=of,
        session=session,
        coder=coder_of_it,
        version=of.coding_summaries.count() + 1,
        finalised_at=now(),
        content=content,
        sha256=digest(content),
    )


def biller(at: Organization, name: str = "Bea Thornquist") -> Person:
    """A biller who works on site, so that no agreements are asked for."""
    return person(Role.BILLER, at=at, name=name, remote=False)


def billable(at: Organization, by: Payer | None = None, family_name: str = "Okafor") -> Encounter:
    """An encounter with everything a claim needs: a covered patient, billing profile and prices of two codes."""
    if not BillingProfile.objects.filter(organization=at).exists():
        billing_profile(at)
        charge_item(at, "G0463", 12_000)
        charge_item(at, "J0696", 2_450)
    patient_of_it = patient(at, family_name)
    coverage(patient_of_it, by or payer(at))
    return encounter(at, of=patient_of_it)


def claim(at: Organization, *services: Service, by: Payer | None = None) -> Claim:
    """A claim made from coding; ready unless its services have no price."""
    to_bill = billable(at, by)
    return make_claim(coding_summary(to_bill, *(services or (service("G0463", 1), service("J0696", 2, units=4)))))
