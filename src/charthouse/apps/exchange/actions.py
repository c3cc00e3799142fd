"""Taking files in: each file is taken whole, known again, or refused with the reason and without its content."""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.db import transaction

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import Denied
from charthouse.apps.exchange.hooks import ChartReceived, chart_received
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.exchange.policies import can_take_in
from charthouse.apps.exchange.reading import read_chart_file
from charthouse.apps.exchange.selectors import taken_before
from charthouse.kit import Chart, Refusal, Refused

_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")
_SKIPPED_KEPT = 500


def receive_file(person: Person | None, organization: Organization, name: str, data: bytes) -> InboundFile:
    """Take a chart file in; the row returned says whether it was taken, known already or refused.

    A refusal is not an exception here: it is kept as a row of its own, after everything else was undone.
    """
    _ensure_allowed(person, organization)
    file = _described(person, organization, name, data)
    try:
        _ensure_acceptable(file)
        if taken_before(organization, file.sha256):
            return _keep_duplicate(file)
        # Read before any lock is held: a large or hostile file must not make others wait.
        return _take(file, read_chart_file(file.name, data), data)
    except Refused as refused:
        return _keep_refusal(file, refused.refusal)


def refuse_oversize(person: Person | None, organization: Organization, name: str, size: int) -> InboundFile:
    """Refuse a file by its size alone, before anything of it was read."""
    _ensure_allowed(person, organization)
    file = InboundFile(
        organization=organization, name=_plain_name(name), size=size, sha256="", received_by=_receiver(person)
    )
    return _keep_refusal(file, _too_large(file))


@transaction.atomic
def _take(file: InboundFile, chart: Chart, data: bytes) -> InboundFile:
    # One file of an organization at a time: two about the same new patient must not both make it.
    Organization.objects.select_for_update(no_key=True).get(pk=file.organization_id)
    if taken_before(file.organization, file.sha256):
        return _keep_duplicate(file)
    _keep(file, chart, data)
    event = ChartReceived(file.organization, file, chart)
    chart_received.send(event)
    file.taken = dict(event.taken)
    file.save(update_fields=["taken"])
    record("exchange.file.taken", file, detail={"format": file.format, "size": file.size, "taken": file.taken})
    return file


def _keep(file: InboundFile, chart: Chart, data: bytes) -> None:
    file.outcome = InboundFile.Outcome.TAKEN
    file.format = chart.source_format[:20]
    file.content = data
    left_out = chart.skipped[:_SKIPPED_KEPT]
    file.skipped = [{"place": one.place, "what": one.what, "why": one.why} for one in left_out]
    file.save()


@transaction.atomic
def _keep_duplicate(file: InboundFile) -> InboundFile:
    file.outcome = InboundFile.Outcome.DUPLICATE
    file.save()
    record("exchange.file.known", file, detail={"size": file.size})
    return file


@transaction.atomic
def _keep_refusal(file: InboundFile, refusal: Refusal) -> InboundFile:
    # A fresh row: the one that was tried may carry content, and was undone.
    kept = InboundFile(
        organization=file.organization,
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        received_by=file.received_by,
        outcome=InboundFile.Outcome.REFUSED,
        refusal={
            "place": refusal.place,
            "rule": refusal.rule,
            "message": refusal.message,
            "mend": refusal.mend,
            "value": refusal.value,
        },
    )
    kept.save()
    record("exchange.file.refused", kept, detail={"rule": refusal.rule, "size": kept.size})
    return kept


def _ensure_allowed(person: Person | None, organization: Organization) -> None:
    if person is not None and not can_take_in(person, organization.pk):
        raise Denied("Only a manager or IT hands files in.")


def _described(person: Person | None, organization: Organization, name: str, data: bytes) -> InboundFile:
    return InboundFile(
        organization=organization,
        name=_plain_name(name),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        received_by=_receiver(person),
    )


def _ensure_acceptable(file: InboundFile) -> None:
    if file.size > settings.INTAKE_MAX_BYTES:
        raise Refused(_too_large(file))
    if not file.size:
        refusal = Refusal(file.name, "", "intake.empty", "The file is empty.", "Export it again and send it once more.")
        raise Refused(refusal)


def _too_large(file: InboundFile) -> Refusal:
    most = settings.INTAKE_MAX_BYTES // (1024 * 1024)
    message = f"The file is larger than {most} MB; nothing of it was read."
    return Refusal(file.name, "", "intake.too-large", message, "Send one patient or one period at a time.")


def _plain_name(name: str) -> str:
    """The last part of a path, without control characters; a name is shown, never used as a path."""
    last = _UNSAFE.sub("", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    return last[:200] or "unnamed"


def _receiver(person: Person | None) -> str:
    return person.full_name[:120] if person else "Charthouse"
