"""Writes about denials by people."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.billing import states
from charthouse.apps.billing.policies import can_work_claims
from charthouse.apps.billing.selectors.lookup import as_uuid
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.remittance.denials import reason_of
from charthouse.apps.remittance.models import Denial


@transaction.atomic
def close_denial(person: Person, uid: UUID | str, reason: str) -> Denial:
    """Take a denial off the worklist with a reason; no money moves by that."""
    denial = _denial_to_work(person, uid)
    words = " ".join(reason.split())
    if not words:
        raise Invalid("Say why the denial is closed.", field="reason", code="remittance.reason-missing")
    if not Denial.objects.filter(pk=denial.pk, state=Denial.State.OPEN).update(state=Denial.State.CLOSED):
        raise Conflict("This denial is closed already.", code="remittance.denial-closed")
    denial.state = Denial.State.CLOSED
    states.note(
        denial.claim, "person", reason_of(denial), f"Denial {reason_of(denial)} closed by {person.full_name}: {words}"
    )
    record("remittance.denial.closed", denial, subject=str(denial.claim.encounter.patient.uid))
    return denial


@transaction.atomic
def assign_denial(person: Person, uid: UUID | str, to: Person) -> Denial:
    """Give a denial to somebody who works claims in the same organization."""
    denial = _denial_to_work(person, uid)
    if not can_work_claims(to, denial.claim.organization_id):
        raise Invalid("Only a biller or manager works denials.", field="to", code="remittance.not-a-biller")
    denial.assigned_to = to
    denial.save(update_fields=["assigned_to"])
    record("remittance.denial.assigned", denial, detail={"to": str(to.uid)})
    return denial


def _denial_to_work(person: Person, uid: UUID | str) -> Denial:
    known = as_uuid(uid)
    rows = Denial.objects.select_for_update(of=("self",)).select_related("claim")
    denial = rows.filter(uid=known).first() if known else None
    if denial is None or not can_work_claims(person, denial.claim.organization_id):
        raise Denied("There is no such denial.")
    return denial
