"""Answers from payers: every file is stored once, read, handed to who listens, and put away."""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from charthouse.apps.audit.actions import record
from charthouse.apps.exchange.channels import Folder, folder_of
from charthouse.apps.exchange.hooks import X12Received, x12_received
from charthouse.apps.exchange.models import Channel, InboundFile
from charthouse.apps.exchange.selectors import taken_before
from charthouse.apps.jobs.attempt import Attempt
from charthouse.kit import Refusal, Refused

Outcome = InboundFile.Outcome
_MOST_BYTES = 240  # of 255 that a file system takes; twelve digits and a dash come before


def collect_due() -> int:
    """Take in every file that lies in a channel's folder from its payer; return how many were put away.

    A file that the system will not let us read or move stays, and is reported once the others are in.
    """
    taken, failed = 0, []
    for channel in Channel.objects.filter(is_active=True).select_related("organization").order_by("id"):
        folder = folder_of(channel)
        for path in sorted(path for path in folder.from_payer.iterdir() if _is_whole_file(path)):
            try:
                _collect(channel, folder, path)
                taken += 1
            except OSError as error:
                failed.append(error)
    if failed:
        raise failed[0]
    return taken


def _collect(channel: Channel, folder: Folder, path: Path) -> None:
    file = _take_safely(channel, path)
    away = folder.refused if file.outcome == Outcome.REFUSED else folder.done
    # The uid in the name keeps an older file of the same name.
    path.rename(away / f"{file.uid.hex[-12:]}-{_end_of_name(path)}")


def _end_of_name(path: Path) -> str:
    """So much of the name that something fits before it; a payer names files as it likes, also to the last byte."""
    return os.fsdecode(os.fsencode(path.name)[-_MOST_BYTES:])


def _name(path: Path) -> str:
    """The name as it can be stored and shown; bytes that are no UTF-8 become question marks."""
    return os.fsencode(path.name).decode(errors="replace")


def _is_whole_file(path: Path) -> bool:
    unfinished = path.name.startswith(".") or path.suffix in {".tmp", ".part"}
    return path.is_file() and not path.is_symlink() and not unfinished


def _take_safely(channel: Channel, path: Path) -> InboundFile:
    """Take one file; one that cannot be taken is kept as refused, so that it never holds up the others."""
    with Attempt() as attempt:
        if path.stat().st_size > settings.INTAKE_MAX_BYTES:
            raise Refused(_too_large(_name(path)))
        return take(channel, _name(path), path.read_bytes())
    if isinstance(attempt.cause, DatabaseError | OSError):
        raise attempt.cause  # nothing is wrong with the file: it stays where it is for the next round
    if isinstance(attempt.cause, Refused):
        return _refuse(channel, path, attempt.cause.refusal)
    return _refuse(channel, path, _not_processed(_name(path), attempt.error))


@transaction.atomic
def take(channel: Channel, name: str, content: bytes) -> InboundFile:
    """Store a file from a payer and hand its interchanges on; the same bytes a second time change nothing."""
    digest = hashlib.sha256(content).hexdigest()
    file = InboundFile(
        organization=channel.organization,
        channel=channel,
        name=name[:200],
        format="x12",
        size=len(content),
        sha256=digest,
        received_by="payer",
    )
    if taken_before(channel.organization, digest):
        file.outcome = Outcome.DUPLICATE
        file.save()
        record("exchange.file.repeated", file)
        return file
    file.outcome, file.content = Outcome.TAKEN, content
    file.save()
    _hand_on(channel, file, content)
    record("exchange.file.taken", file, detail={"taken": file.taken})
    return file


def _hand_on(channel: Channel, file: InboundFile, content: bytes) -> None:
    from charthouse.engines.x12 import read_interchanges

    for read in read_interchanges(content):
        if not read.interchange.control_number and not read.interchange.groups:
            raise Refused(_not_x12(file.name))
        for group in read.interchange.groups:
            for one in group.sets:
                file.taken[one.kind] = file.taken.get(one.kind, 0) + 1
        if read.interchange.interchange_acknowledgements:
            file.taken["TA1"] = len(read.interchange.interchange_acknowledgements)
        x12_received.send(X12Received(channel, file, read.interchange, read.faults))
    file.save(update_fields=["taken"])


@transaction.atomic
def _refuse(channel: Channel, path: Path, refusal: Refusal) -> InboundFile:
    file = InboundFile.objects.create(
        organization=channel.organization,
        channel=channel,
        name=_name(path)[:200],
        format="x12",
        size=path.stat().st_size,
        sha256=_digest(path),
        outcome=Outcome.REFUSED,
        # Without the source: the file's name stands beside it, encrypted.
        refusal={name: told for name, told in asdict(refusal).items() if name != "source"},
        received_by="payer",
    )
    record("exchange.file.refused", file, detail={"rule": refusal.rule})
    return file


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _too_large(name: str) -> Refusal:
    most = settings.INTAKE_MAX_BYTES // 1_048_576
    return Refusal(name, "", "intake.too-large", f"The file is larger than {most} MB.", "Ask the payer to split it.")


def _not_x12(name: str) -> Refusal:
    mend = "Look at the file in the channel's folder of refused files."
    return Refusal(name, "", "x12.no-interchange", "The file holds no X12 interchange.", mend)


def _not_processed(name: str, error: str) -> Refusal:
    mend = "Nothing of it was kept. Report this with the value, then put the file back to try again."
    return Refusal(name, "", "x12.not-processed", "The file could not be processed.", mend, error)
