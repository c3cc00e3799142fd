"""Fills the demo practice: encounters that wait, written straight into the tables, and claims made of final coding."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from bench.desk import biller, coded_copy, coder, working
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.charts.models import Encounter, Patient
from charthouse.apps.coding import actions as coding
from charthouse.apps.core.cipher import blind_index
from charthouse.apps.core.clock import now, today
from charthouse.apps.exchange.inbound import collect_due
from charthouse.apps.exchange.outbox import deliver_due
from charthouse.apps.worklists.models import WorkItem
from charthouse.sandbox.payer import run_once

_BATCH = 2000


def add_waiting(count: int) -> None:
    """Add encounters that wait to be coded, spread over the demo's patients and the last year."""
    patients = list(Patient.objects.select_related("organization"))
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        made = Encounter.objects.bulk_create([_encounter(patients[n % len(patients)], n) for n in numbers])
        at = now()
        WorkItem.objects.bulk_create(
            [
                WorkItem(encounter=one, codable_at=at, due_at=at + timedelta(hours=48 - n % 96))
                for n, one in enumerate(made)
            ]
        )


def _encounter(patient: Patient, number: int) -> Encounter:
    name = f"WAIT-{number:06d}"
    day = today() - timedelta(days=number % 365)
    return Encounter(
        organization=patient.organization,
        patient=patient,
        number=name,
        number_index=blind_index(name, "encounter"),
        kind="visit",
        title="Office visit",
        service_from=day,
        service_to=day,
        facility_name="Harbor Point Family Clinic",
        provider_name="Piet Varga DO",
    )


def add_claims(count: int) -> None:
    """Code and finalise new visits; each makes its claim. The payer sandbox answers a part of them."""
    by = coder()
    for _ in range(count):
        session = coded_copy(by)
        with working(by):
            coding.finalise(by, session.uid, session.revision)
    _have_answered(count // 2)


def _have_answered(count: int) -> None:
    by = biller()
    ready = Claim.objects.filter(state=ClaimState.READY).values_list("uid", flat=True)[:count]
    with working(by):
        send_claims(by, list(ready))
    deliver_due()
    run_once(settings.CHANNEL_DIR)
    collect_due()
