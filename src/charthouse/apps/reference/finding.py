"""Finding and describing codes for anybody: whether CPT words may be shown is for the caller to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from charthouse.apps.reference.opened import code_book, encoder, shelf
from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.engines.codesets import PcsEntry, Validity
    from charthouse.engines.encoder import ProcedureHit, TextIndex

NEEDS_SEAT = "descriptor needs a CPT seat"
_MOST_INDEXES = 4
_indexes: dict[tuple[str, ...], tuple[TextIndex, Mapping[str, str]]] = {}


@dataclass(frozen=True, slots=True)
class Described:
    """A code, what it is called, and whether it may be reported on the day. `needs_seat`: its words are withheld."""

    code: Code
    title: str
    validity: Validity
    needs_seat: bool = False


def find_procedures(
    query: str, on: date, own: Mapping[str, str], limit: int, *, shows_words: bool
) -> list[ProcedureHit]:
    """A practice's own codes (by code, with its labels) first, then CPT and HCPCS Level II, in force on the day.

    CPT is found by its words where they may be shown; elsewhere by code, without its descriptor.
    """
    from charthouse.engines.encoder import LocalCode

    found = encoder().search_procedures(query, on, [LocalCode(code, label) for code, label in own.items()], limit)
    cpt = [hit for hit in _cpt(query, on, limit, shows_words=shows_words) if hit.code.value not in own]
    practice, supplies = ([hit for hit in found if hit.is_local is is_local] for is_local in (True, False))
    room = max(limit // 2, limit - len(found))
    return [*practice, *cpt[:room], *supplies][:limit]


def find_inpatient(query: str, on: date, limit: int) -> list[PcsEntry]:
    """ICD-10-PCS codes that start with what was typed, else those whose titles have its words, valid on the day."""
    book = code_book()
    codes = encoder().search_inpatient(query, on, limit)
    return [entry for code in codes if (entry := book.pcs(code, on)) is not None]


def describe(code: Code, on: date, *, shows_words: bool) -> Described | None:
    """About one code; None when no table knows it."""
    title, validity = _title(code, on), code_book().is_valid(code, on)
    if title is None:
        return None
    if code.system is CodeSystem.CPT and not shows_words:
        return Described(code, NEEDS_SEAT, validity, needs_seat=True)
    return Described(code, title, validity)


def knows_cpt(code: str) -> bool:
    """Whether a CPT release in force on any day has a code."""
    book = code_book()
    starts = {one.starts for one in book.shelf.releases() if one.table == "cpt"} if book.shelf else ()
    return any(book.cpt(code, day) is not None for day in starts)


def _cpt(query: str, on: date, limit: int, *, shows_words: bool) -> list[ProcedureHit]:
    """CPT by the start of the code, then, for those who may see them, by words."""
    from charthouse.engines.codesets.shelf import Table
    from charthouse.engines.encoder import ProcedureHit

    standing = shelf()
    uids = [one.uid for one in standing.on(Table.CPT, on)]
    typed = query.strip().upper()
    if not uids or not typed:
        return []
    index, texts = _cpt_index((standing.stamp, *uids), on)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(index.starting(typed, limit), ())
    if shows_words:
        found |= {code: words for code, words in index.search(query, limit) if code not in found}
    return [
        ProcedureHit(Code(CodeSystem.CPT, code), texts[code] if shows_words else NEEDS_SEAT, "", 1.0, words, False)
        for code, words in list(found.items())[:limit]
    ]


def _cpt_index(key: tuple[str, ...], on: date) -> tuple[TextIndex, Mapping[str, str]]:
    """The index over the CPT releases of a day, kept by what they are (`key`) and not by the day: searched with every
    key that is typed, for charts of many days."""
    known = _indexes.get(key)
    if known is None:
        entries = code_book().cpt_entries(on).items()
        texts = {code: entry.long or entry.medium or entry.short for code, entry in entries}
        known = encoder().text_index(texts.items()), texts
        while len(_indexes) >= _MOST_INDEXES:
            _indexes.pop(next(iter(_indexes)), None)
        _indexes[key] = known
    return known


def _title(code: Code, on: date) -> str | None:
    book = code_book()
    if code.system is CodeSystem.ICD10CM:
        diagnosis = book.icd10cm(code.value, on)
        return diagnosis.title if diagnosis else None
    if code.system is CodeSystem.ICD10PCS:
        inpatient = book.pcs(code.value, on)
        return inpatient.title if inpatient else None
    if code.system is CodeSystem.HCPCS:
        supply = book.hcpcs(code.value, on)
        return supply.label if supply else None
    procedure = book.cpt(code.value, on) if code.system is CodeSystem.CPT else None
    return (procedure.long or procedure.medium or procedure.short) if procedure else None
