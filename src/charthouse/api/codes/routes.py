"""Routes about codes: find, check, show, build."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from ninja import Router

from charthouse.api.codes import schemas as s
from charthouse.api.codes.asking import SystemName, code_of, person_asking
from charthouse.api.codes.related import choice
from charthouse.apps.accounts.models import Person
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.reference.selectors import code_book, search_diagnoses, search_pcs, search_procedures
from charthouse.apps.reference.selectors import entry as described
from charthouse.engines.codesets import Icd10cmEntry, Validity
from charthouse.kit import Code, CodeSystem

router = Router(tags=["codes"])
MOST_PROCEDURES = 200  # looked at: CPT and HCPCS Level II are found together, and one of them is asked for


@router.post("/codes/find", response=s.FindOut, url_name="find_codes")
def find_codes(request: HttpRequest, asked: s.FindIn) -> s.FindOut:
    """Codes for a code, words or shorthand, best first, each valid on the day or leading to one that is."""
    on = asked.on or today()
    return s.FindOut(
        on=on, release=code_book().release_label(on), results=list(_found(asked, on, person_asking(request)))
    )


@router.post("/codes/check", response=s.CheckOut, url_name="check_codes")
def check_codes(request: HttpRequest, asked: s.CheckIn) -> s.CheckOut:
    """Whether each code may be reported on the day."""
    on, book = asked.on or today(), code_book()
    codes = [code_of(asked.system, text) for text in asked.codes]
    return s.CheckOut(on=on, results=[_standing(code, book.is_valid(code, on)) for code in codes])


@router.get("/codes/{system}/{code}", response=s.CodeOut, url_name="show_code")
def showcode_of(request: HttpRequest, system: SystemName, code: str, on: date | None = None) -> s.CodeOut:
    """Everything about one code on one day."""
    day, book, wanted = on or today(), code_book(), code_of(system, code)
    standing = _standing(wanted, book.is_valid(wanted, day))
    out = s.CodeOut(system=system, code=wanted.display, title="", on=day, standing=standing)
    if wanted.system is CodeSystem.ICD10CM:
        entry = book.icd10cm(wanted.value, day)
        if entry is None:
            raise Denied(f"No table knows {wanted.display}.")
        _describe(out, entry)
        out.next = [choice(one) for one in book.completions(wanted, day)]
    about = described(wanted.system, wanted.value, day, person_asking(request))
    out.title = about.title if about else ""
    if not out.title:
        raise Denied(f"No table knows {wanted.display}.")
    return out


@router.get("/icd-10-pcs/axes", response=s.AxesOut, url_name="pcs_axes")
def pcs_axes(request: HttpRequest, prefix: str = "", on: date | None = None) -> s.AxesOut:
    """The values the next axis of an ICD-10-PCS code can take; the code itself once it is complete."""
    day, book, chosen = on or today(), code_book(), prefix.strip().upper()[:7]
    entry = book.pcs(chosen, day)
    return s.AxesOut(
        prefix=chosen,
        on=day,
        choices=[s.AxisChoice.from_orm(one) for one in book.pcs_choices(chosen, day)],
        code=chosen if entry else None,
        title=entry.title if entry else "",
    )


def _found(asked: s.FindIn, on: date, person: Person | None) -> Iterator[s.FoundCode]:
    system = CodeSystem(asked.system)
    if system is CodeSystem.ICD10CM:
        for hit in search_diagnoses(asked.q, on, asked.limit, person):
            yield _row(hit.code, hit.title, hit.score, hit.reason, is_billable=hit.is_billable)
    elif system is CodeSystem.ICD10PCS:
        for inpatient in search_pcs(asked.q, on, asked.limit):
            yield _row(inpatient.code, inpatient.title, 1.0, "")
    else:
        found = search_procedures(asked.q, on, {}, MOST_PROCEDURES, person)
        for procedure in [one for one in found if one.code.system is system][: asked.limit]:
            yield _row(procedure.code, procedure.label, procedure.score, "")


def _row(code: Code, title: str, score: float, reason: str, *, is_billable: bool = True) -> s.FoundCode:
    return s.FoundCode(
        system=code.system.value,
        code=code.display,
        title=title,
        is_billable=is_billable,
        score=round(score, 4),
        reason=reason,
    )


def _standing(code: Code, validity: Validity) -> s.Standing:
    return s.Standing(
        code=code.display,
        state=validity.state.value,
        valid_from=validity.valid_from,
        valid_to=validity.valid_to,
        release=validity.release,
        text=validity.text,
    )


def _describe(out: s.CodeOut, entry: Icd10cmEntry) -> None:
    out.title = entry.title
    out.path = [s.StepOut(kind=step.kind.value, name=step.name, title=step.title) for step in entry.path]
    out.notes = [
        s.NoteOut(kind=note.kind.value, lines=list(note.lines), at=note.place, is_inherited=note.is_inherited)
        for note in entry.notes
    ]
    out.inclusion_terms = list(entry.inclusion_terms)
    out.seventh_characters = [s.SeventhOut(character=one, meaning=what) for one, what in entry.seventh_characters]
