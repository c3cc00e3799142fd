"""What the parts share: the day, the code system of what was typed, and output."""

from __future__ import annotations

import argparse
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from charthouse.cli.setup import ready_django
from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.apps.accounts.models import Person
    from charthouse.engines.codesets import Validity

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


def count(text: str) -> int:
    """How many to print: 1 to 1000."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:5]) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)


def add_day(parser: argparse.ArgumentParser) -> None:
    """The day that decides which tables apply, and the way to print."""
    parser.add_argument("--on", type=day, help="date of service (today)")
    parser.add_argument("--json", action="store_true", help="one JSON line a result")


def add_person(parser: argparse.ArgumentParser) -> None:
    """Whose eyes it is for: CPT words are shown to seat holders, never to a terminal alone."""
    parser.add_argument("--as", dest="email", default="", help="show what this person may see: CPT words with a seat")


def open_for(email: str) -> Person | None:
    """The person, when one is named: Django and its database are needed only then. Raise Unknown for a stranger."""
    if not email:
        return None
    ready_django()
    return person_called(email)


def person_called(email: str) -> Person:
    """The active person of an address."""
    from charthouse.apps.accounts.models import Person

    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise Unknown(f"Nobody active signs in as {email}.")
    return found


class Unknown(Exception):
    """Somebody named at the terminal is not there."""


def sees_words(person: Person | None, on: date) -> bool:
    """Whether CPT words may be printed: to a person with a seat alone."""
    if person is None:
        return False
    from charthouse.apps.reference.policies import may_see_descriptor

    return may_see_descriptor(person, on)


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
    from charthouse.apps.reference.opened import code_book

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


def print_json(data: dict[str, Any]) -> None:
    """One line."""
    print(json.dumps(data, ensure_ascii=False), flush=True)
