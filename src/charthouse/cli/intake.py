"""`charthouse intake FILE…`: take charts in and list, for every file, what was taken and what was not."""

from __future__ import annotations

import argparse
import glob
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from charthouse.cli.setup import ready_django, say

if TYPE_CHECKING:
    from charthouse.apps.accounts.models import Organization
    from charthouse.apps.exchange.models import InboundFile


class Row(TypedDict):
    """What became of one file."""

    file: str
    outcome: str
    format: str
    taken: dict[str, int]
    skipped: list[dict[str, str]]
    refusal: dict[str, Any] | None


_SUFFIXES = {".xml", ".json", ".txt"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, folders or patterns."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="file, folder or pattern")
    parser.add_argument("--json", action="store_true", help="one JSON line a file")
    parser.add_argument("--organization", default="", help="whose charts they are (needed when there are several)")


def run(options: argparse.Namespace) -> int:
    """Take each file by itself; exit 1 when any was refused, 2 when it cannot begin."""
    ready_django()
    organization = _organization(options.organization)
    if organization is None:
        return 2
    refused = False
    for path in (path for given in options.files for path in expand(given)):
        row = take(path, organization)
        refused = refused or row["outcome"] == "refused"
        print(json.dumps(row, ensure_ascii=False) if options.json else _sentence(row), flush=True)
    return 1 if refused else 0


def expand(given: str) -> list[Path]:
    """Files meant by an argument: a folder's charts, a pattern the shell left alone (also one folder level down)."""
    path = Path(given)
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES)
    if path.exists() or not glob.has_magic(given):
        return [path]
    here = sorted(glob.glob(given))
    below = here or sorted(glob.glob(str(path.parent / "**" / path.name), recursive=True))
    return [Path(name) for name in below] or [path]


def take(path: Path, organization: Organization) -> Row:
    """Take one file in; a file that cannot be read is a refusal too."""
    from django.conf import settings

    from charthouse.apps.exchange import actions

    try:
        size = path.stat().st_size
        if size > settings.INTAKE_MAX_BYTES:
            return _row(path, actions.refuse_oversize(None, organization, path.name, size))
        return _row(path, actions.receive_file(None, organization, path.name, path.read_bytes()))
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or 'unknown reason'}."
        refusal = {"place": "", "rule": "intake.unreadable", "message": message}
        return Row(file=str(path), outcome="refused", format="", taken={}, skipped=[], refusal=refusal)


def _row(path: Path, file: InboundFile) -> Row:
    return Row(
        file=str(path),
        outcome=file.outcome,
        format=file.format,
        taken=file.taken,
        skipped=file.skipped or [],
        refusal=file.refusal,
    )


def _organization(name: str) -> Organization | None:
    from charthouse.apps.accounts.actions import add_organization
    from charthouse.apps.accounts.models import Organization

    known = list(Organization.objects.order_by("id"))
    if name:
        return next((one for one in known if name in {one.name, one.slug}), None) or add_organization(name)
    if len(known) > 1:
        say(f"Whose charts are they? Say --organization and one of: {', '.join(one.slug for one in known)}.")
        return None
    if not known:
        say("There is no organization yet: making one named My Practice.")
    return known[0] if known else add_organization("My Practice")


def _sentence(row: Row) -> str:
    refusal = row["refusal"]
    if refusal:
        place = f" at {refusal['place']}" if refusal.get("place") else ""
        return f"{row['file']}: refused{place}: {refusal['message']} [{refusal['rule']}]"
    counts = ", ".join(f"{number} {what}" for what, number in row["taken"].items())
    left = "".join(f"\n    not taken: {s['what']} ({s['why']})" for s in row["skipped"])
    return f"{row['file']}: {row['outcome']} ({row['format']}) {counts}{left}"
