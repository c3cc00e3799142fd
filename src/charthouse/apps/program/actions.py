"""Publishing agreement texts and signing them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.program.agreements import fingerprint, render, same_name
from charthouse.apps.program.models import AgreementKind, AgreementVersion, Signature
from charthouse.apps.program.policies import can_publish, can_sign
from charthouse.apps.program.selectors import SIGNED, current_agreement
from charthouse.apps.program.texts_loader import load_text


@transaction.atomic
def publish_agreement(
    person: Person | None,
    organization: Organization,
    kind: str,
    parts: list[dict[str, Any]],
    title: str,
    summary: str,
    effective_from: date,
) -> AgreementVersion:
    """Publish a text as the next version; the text of the latest version again returns that one."""
    if person is not None and not can_publish(person, organization.pk):
        raise Denied("Only compliance or human resources publish agreements.")
    _check_text(kind, parts)
    latest = AgreementVersion.objects.filter(organization=organization, kind=kind).order_by("-version").first()
    if latest and (latest.parts, latest.title, latest.summary) == (parts, title, summary):
        return latest
    if latest and effective_from < latest.effective_from:
        message = f"It cannot take effect before version {latest.version} did."
        raise Invalid(message, field="effective_from", code="program.effective-too-early")
    published = AgreementVersion.objects.create(
        organization=organization,
        kind=kind,
        version=latest.version + 1 if latest else 1,
        title=title,
        summary=summary,
        parts=parts,
        effective_from=effective_from,
    )
    record("program.agreement.published", published, detail={"kind": kind, "version": published.version})
    return published


def publish_shipped_texts(organization: Organization) -> list[AgreementVersion]:
    """Publish the texts that come with Charthouse, for an organization that has none of its own yet."""
    texts = [load_text(kind) for kind in AgreementKind.values]
    return [
        publish_agreement(None, organization, text.kind, text.parts, text.title, text.summary, text.effective_from)
        for text in texts
    ]


@transaction.atomic
def sign(
    person: Person,
    agreement: AgreementVersion,
    *,
    typed_name: str,
    consent: bool,
    reauthenticated_by: str,
    address: str,
    device: str,
    signed_at: datetime | None = None,
) -> Signature:
    """Sign the text in force; keeps the exact text shown with its SHA-256. `signed_at` is for the demo's past only."""
    moment = signed_at or now()
    _check_signer(person, agreement, typed_name, consent, reauthenticated_by)
    _check_in_force(agreement, moment)
    text = render(agreement, person)
    signature = Signature(
        person=person,
        agreement=agreement,
        typed_name=" ".join(typed_name.split()),
        rendered_text=text,
        rendered_sha256=fingerprint(text),
        signed_at=moment,
        reauthenticated_by=reauthenticated_by[:20],
        address=address[:64],
        device=device[:200],
    )
    _save_once(signature)
    detail = {"kind": agreement.kind, "version": agreement.version, "sha256": signature.rendered_sha256}
    record(SIGNED, signature, detail=detail)
    return signature


def _check_text(kind: str, parts: list[dict[str, Any]]) -> None:
    if kind not in AgreementKind:
        raise Invalid("There is no such kind of agreement.", field="kind", code="program.kind")
    if not any(clause.get("text", "").strip() for part in parts for clause in part.get("clauses", [])):
        raise Invalid("An agreement needs at least one clause.", field="parts", code="program.no-clauses")


def _check_signer(
    person: Person, agreement: AgreementVersion, typed_name: str, consent: bool, reauthenticated_by: str
) -> None:
    if not can_sign(person, agreement.organization_id):
        raise Denied("There is no such agreement.")
    if not consent:
        raise Invalid("Tick that you agree and sign electronically.", field="consent", code="program.no-consent")
    if not same_name(typed_name, person.full_name):
        raise Invalid(
            "This is not the name on your record.",
            field="typed_name",
            code="program.other-name",
            mend=f"Type it as it stands there: {person.full_name}.",
        )
    if not reauthenticated_by.strip():
        message = "Confirm that it is you before you sign."
        raise Invalid(message, field="reauthenticated_by", code="program.not-confirmed")


def _check_in_force(agreement: AgreementVersion, moment: datetime) -> None:
    if moment > now():
        raise Invalid("Nobody signs in the future.", field="signed_at", code="program.future")
    current = current_agreement(agreement.organization_id, agreement.kind, timezone.localdate(moment))
    if current is None or current.pk != agreement.pk:
        raise Conflict("Another version is in force.", code="program.not-current", mend="Open the agreement again.")


def _save_once(signature: Signature) -> None:
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("You have signed this version already.", code="program.signed-already") from error
