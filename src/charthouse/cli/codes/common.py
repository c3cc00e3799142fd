"""What the parts share: the day, the code system of what was typed, and output."""

from __future__ import annotations

import argparse
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.engines.codesets import Completion, Icd10cmEntry, Validity

SYSTEMS = tuple(one.value for one in (CodeSystem.ICD10CM, CodeSystem.ICD10PCS, CodeSystem.HCPCS, CodeSystem.CPT))
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}", re.ASCII)
_HCPCS = re.compile(r"[A-Z][0-9]{4}", re.ASCII)
_CPT = re.compile(r"[0-9]{4}[0-9A-Z]", re.ASCII)


def day(text: str) -> date:
    """A date of service as it is typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-23") from error


def add_day(parser: argparse.ArgumentParser) -> None:
    """The day that decides which tables apply, and the way to print."""
    parser.add_argument("--on", type=day, help="date of service (today)")
    parser.add_argument("--json", action="store_true", help="one JSON line a result")


def open_book() -> None:
    """Start Django: settings say where the shelf is. No database is needed."""
    from charthouse.cli.setup import start_django

    start_django()


def day_of(options: argparse.Namespace) -> date:
    """The day that was given, or today."""
    from charthouse.apps.core.clock import today

    return options.on or today()


def code_of(text: str, system: str = "") -> Code:
    """A code as it was written; its shape tells the system where none is given.

    `A0000` to `V9999` may be ICD-10-CM or HCPCS: ICD-10-CM where the code book knows it.
    """
    value = text.strip().replace(".", "").upper()
    if system:
        return Code(CodeSystem(system), value)
    from charthouse.apps.reference.selectors import code_book

    book = code_book()
    if book.icd10cm(value) is not None:
        return Code(CodeSystem.ICD10CM, value)
    if _PCS.fullmatch(value) and (value[0].isdigit() or book.pcs(value)):
        return Code(CodeSystem.ICD10PCS, value)
    if _HCPCS.fullmatch(value):
        return Code(CodeSystem.HCPCS, value)
    return Code(CodeSystem.CPT if _CPT.fullmatch(value) else CodeSystem.ICD10CM, value)


def validity_data(code: Code, validity: Validity) -> dict[str, Any]:
    """The standing of a code as JSON."""
    return {
        "code": code.display,
        "system": code.system.value,
        "state": validity.state.value,
        "valid_from": validity.valid_from.isoformat() if validity.valid_from else None,
        "valid_to": validity.valid_to.isoformat() if validity.valid_to else None,
        "release": validity.release,
        "text": validity.text,
    }


def entry_data(entry: Icd10cmEntry) -> dict[str, Any]:
    """What the tabular list says of a code, as JSON."""
    return {
        "title": entry.title,
        "path": [{"kind": step.kind.value, "name": step.name, "title": step.title} for step in entry.path],
        "inclusion_terms": list(entry.inclusion_terms),
        "notes": [
            {"kind": note.kind.value, "lines": list(note.lines), "at": note.place, "is_inherited": note.is_inherited}
            for note in entry.notes
        ],
        "seventh_characters": [{"character": sign, "meaning": meaning} for sign, meaning in entry.seventh_characters],
    }


def choices_data(choices: list[Completion]) -> list[dict[str, Any]]:
    """Ways to complete a code, as JSON."""
    return [{"code": one.code.display, "meaning": one.meaning, "is_billable": one.is_billable} for one in choices]


def print_json(data: dict[str, Any]) -> None:
    """One line."""
    print(json.dumps(data, ensure_ascii=False), flush=True)
