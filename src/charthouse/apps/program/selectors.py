"""Reading agreements and signatures, and checking that no signature was changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.selectors import organization_ids, people_in
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.agreements import fingerprint
from charthouse.apps.program.models import AgreementKind, AgreementVersion, Signature
from charthouse.apps.program.policies import REGISTER_ROLES, can_see_register

SIGNED = "program.agreement.signed"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One person and one kind of agreement. `signature` is the latest; `is_current` when it is on the text in force."""

    person: Person
    kind: AgreementKind
    agreement: AgreementVersion | None
    signature: Signature | None

    @property
    def is_current(self) -> bool:
        """Whether nothing is left to sign."""
        return bool(self.agreement and self.signature and self.signature.agreement_id == self.agreement.pk)


@dataclass(frozen=True, slots=True)
class SignatureProblem:
    """A signature that no longer is what was signed, and why."""

    signature_uid: str
    reason: str


def versions_in_force(organization_id: int, on: date | None = None) -> dict[str, AgreementVersion]:
    """The text in force of each kind on a day: the highest version that has taken effect. Without its clauses."""
    found = AgreementVersion.objects.filter(organization_id=organization_id, effective_from__lte=on or today())
    rows = found.select_related("organization").defer("parts", "summary").order_by("version")
    return {row.kind: row for row in rows}


def current_agreement(organization_id: int, kind: str, on: date | None = None) -> AgreementVersion | None:
    """The text of a kind in force on a day (today when none is named)."""
    return versions_in_force(organization_id, on).get(kind)


def signatures_of(person: Person) -> QuerySet[Signature]:
    """The person's own signatures, newest first."""
    return Signature.objects.filter(person=person).select_related("agreement__organization").order_by("-signed_at")


def signature(person: Person, uid: UUID) -> Signature:
    """One signature with its text: the person's own, or any of the organization for those who keep the register."""
    found = Signature.objects.filter(uid=uid).select_related("agreement__organization", "person").first()
    allowed = found is not None and (
        found.person_id == person.pk
        or (can_see_register(person) and found.agreement.organization_id in _register_organizations(person))
    )
    if found is None or not allowed:
        raise Denied("There is no such signature.")
    return found


def register(person: Person) -> list[RegisterRow]:
    """Who signed what: each active remote person of the organizations whose register this person may see."""
    if not can_see_register(person):
        raise Denied("The register is for compliance, human resources, managers and IT.")
    rows: list[RegisterRow] = []
    for organization_id in sorted(_register_organizations(person)):
        rows += _register_of(organization_id)
    return rows


def verify_signatures() -> list[SignatureProblem]:
    """Check every signature against its own digest and against the digest the audit log holds; empty means all hold."""
    events = AuditEvent.objects.filter(verb=SIGNED).values_list("object_id", "detail")
    logged = {uid: str(detail.get("sha256", "")) for uid, detail in events}
    found = [(row, _fault(row, logged)) for row in Signature.objects.order_by("id").iterator(chunk_size=200)]
    return [SignatureProblem(str(row.uid), reason) for row, reason in found if reason]


def _fault(row: Signature, logged: dict[str, str]) -> str:
    if fingerprint(row.rendered_text) != row.rendered_sha256:
        return "the text is not the one that was signed"
    if str(row.uid) not in logged:
        return "the audit log knows nothing of it"
    if logged[str(row.uid)] != row.rendered_sha256:
        return "the audit log names another text"
    return ""


def _register_organizations(person: Person) -> set[int]:
    return organization_ids(person, *REGISTER_ROLES)


def _register_of(organization_id: int) -> list[RegisterRow]:
    in_force = versions_in_force(organization_id)
    signed = Signature.objects.filter(agreement__organization_id=organization_id).select_related("agreement")
    latest = {(row.person_id, row.agreement.kind): row for row in signed.order_by("agreement__version")}
    return [
        RegisterRow(person, kind, in_force.get(kind), latest.get((person.pk, kind)))
        for person in people_in(organization_id).filter(is_active=True, is_remote=True)
        for kind in AgreementKind
    ]
