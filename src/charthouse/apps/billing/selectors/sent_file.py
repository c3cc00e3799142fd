"""The exact bytes a claim was sent in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.billing.models import ClaimVersion
from charthouse.apps.billing.selectors.lookup import claim_for
from charthouse.apps.charts.selectors import patient_header
from charthouse.apps.core.errors import Denied


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of the outbox."""

    name: str
    content: bytes
    sha256: str


@transaction.atomic
def interchange_bytes(person: Person, claim_uid: UUID | str) -> SentFile:
    """The interchange the claim last went out in; it names patients, so the gate must be open and it is recorded."""
    claim = claim_for(person, claim_uid)
    patient_header(person, claim.encounter)
    sent = ClaimVersion.objects.filter(claim=claim, interchange__isnull=False).select_related("interchange")
    version = sent.order_by("-version").first()
    if version is None or version.interchange is None:
        raise Denied("This claim has not been sent.")
    row = version.interchange
    subject = str(claim.encounter.patient.uid)
    record("billing.interchange.opened", claim, subject=subject, detail={"interchange": str(row.uid)})
    return SentFile(row.file_name, row.content, row.sha256)
