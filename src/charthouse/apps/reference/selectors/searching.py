"""Searching and describing codes as a person may: boosted by what is used here, CPT words for seat holders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from charthouse.apps.accounts.models import Person
from charthouse.apps.reference.finding import Described, describe, find_inpatient, find_procedures
from charthouse.apps.reference.opened import encoder
from charthouse.apps.reference.selectors.cpt import may_see_descriptors
from charthouse.apps.reference.selectors.personal import usage
from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.engines.codesets import PcsEntry
    from charthouse.engines.encoder import Hit, ProcedureHit


def search_diagnoses(query: str, on: date, limit: int = 12, person: Person | None = None) -> list[Hit]:
    """ICD-10-CM codes for a code or words, valid on the day, best first; near equals by use where the person works."""
    return encoder().search(query, on, limit, usage(person))


def search_procedures(
    query: str, on: date, own: Mapping[str, str], limit: int = 12, person: Person | None = None
) -> list[ProcedureHit]:
    """The practice's own codes (by code, with its labels) first, then CPT and HCPCS Level II, in force on the day."""
    return find_procedures(query, on, own, limit, shows_words=may_see_descriptors(person, on))


def search_pcs(query: str, on: date, limit: int = 12) -> list[PcsEntry]:
    """ICD-10-PCS codes by their start or by words, valid on the day, best first."""
    return find_inpatient(query, on, limit)


def entry(system: CodeSystem, code: str, on: date, person: Person | None = None) -> Described | None:
    """About one code, with or without its dot; None when no table knows it."""
    wanted = Code(system, code.strip().replace(".", "").upper())
    return describe(wanted, on, shows_words=may_see_descriptors(person, on))
