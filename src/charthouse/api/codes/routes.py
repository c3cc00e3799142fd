"""Routes about codes: find, check, show, build, and what is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.http import HttpRequest
from ninja import Router

from charthouse.api.codes import schemas as s
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.reference.selectors import code_book, encoder, search_diagnoses
from charthouse.engines.codesets import Completion, Icd10cmEntry, Validity
from charthouse.kit import Code, CodeSystem

router = Router(tags=["codes"])


@router.post("/codes/find", response=s.FindOut, url_name="find_codes")
def find_codes(request: HttpRequest, asked: s.FindIn) -> s.FindOut:
    """Codes for a code, words or shorthand, best first, each valid on the day or leading to one that is."""
    on = asked.on or today()
    return s.FindOut(on=on, release=code_book().release_label(on), results=list(_found(asked, on)))


@router.post("/codes/check", response=s.CheckOut, url_name="check_codes")
def check_codes(request: HttpRequest, asked: s.CheckIn) -> s.CheckOut:
    """Whether each code may be reported on the day."""
    on, book = asked.on or today(), code_book()
    codes = [_code(asked.system, text) for text in asked.codes]
    return s.CheckOut(on=on, results=[_standing(code, book.is_valid(code, on)) for code in codes])


@router.get("/codes/{system}/{code}", response=s.CodeOut, url_name="show_code")
def show_code(request: HttpRequest, system: s.SystemName, code: str, on: date | None = None) -> s.CodeOut:
    """Everything about one code on one day."""
    day, book, wanted = on or today(), code_book(), _code(system, code)
    standing = _standing(wanted, book.is_valid(wanted, day))
    out = s.CodeOut(system=system, code=wanted.display, title="", on=day, standing=standing)
    if wanted.system is CodeSystem.ICD10CM:
        entry = book.icd10cm(wanted.value, day)
        if entry is None:
            raise Denied(f"No table knows {wanted.display}.")
        _describe(out, entry)
        out.next = [_choice(one) for one in book.completions(wanted, day)]
    elif wanted.system is CodeSystem.ICD10PCS:
        pcs = book.pcs(wanted.value, day)
        out.title = pcs.title if pcs else ""
    elif wanted.system is CodeSystem.HCPCS:
        hcpcs = book.hcpcs(wanted.value, day)
        out.title = hcpcs.label if hcpcs else ""
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


@router.get("/code-sets", response=list[s.SetOut], url_name="code_sets")
def code_sets(request: HttpRequest, on: date | None = None) -> list[s.SetOut]:
    """What answers for the day, what is loaded for other days, and what is not loaded."""
    return [s.SetOut.from_orm(one) for one in code_book().sets(on or today())]


def _found(asked: s.FindIn, on: date) -> Iterator[s.FoundCode]:
    system = CodeSystem(asked.system)
    if system is CodeSystem.ICD10CM:
        for hit in search_diagnoses(asked.q, on, asked.limit):
            yield _row(hit.code, hit.title, hit.score, hit.reason, is_billable=hit.is_billable)
    elif system is CodeSystem.HCPCS:
        for procedure in encoder().search_procedures(asked.q, on, (), asked.limit):
            yield _row(procedure.code, procedure.label, procedure.score, "")
    elif system is CodeSystem.ICD10PCS:
        book = code_book()
        prefix = asked.q.strip().upper()[:7]
        for value in islice(book.inpatient.codes(prefix, on) if book.inpatient and prefix else (), asked.limit):
            entry = book.pcs(value, on)
            yield _row(Code(CodeSystem.ICD10PCS, value), entry.title if entry else "", 1.0, "code")


def _row(code: Code, title: str, score: float, reason: str, *, is_billable: bool = True) -> s.FoundCode:
    return s.FoundCode(
        system=code.system.value,
        code=code.display,
        title=title,
        is_billable=is_billable,
        score=round(score, 4),
        reason=reason,
    )


def _code(system: str, text: str) -> Code:
    """A code as it was written, with or without its dot."""
    return Code(CodeSystem(system), text.strip().replace(".", "").upper())


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


def _choice(one: Completion) -> s.ChoiceOut:
    return s.ChoiceOut(code=one.code.display, meaning=one.meaning, is_billable=one.is_billable)
