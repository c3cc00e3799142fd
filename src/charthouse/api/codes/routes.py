"""Routes about codes: find, check, show, build, and what is loaded."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from charthouse.api.codes.schemas import CheckIn, CheckOut, FindIn, FindOut, FoundCode, Standing
from charthouse.apps.core.clock import today
from charthouse.apps.reference.selectors import code_book, search_diagnoses
from charthouse.engines.codesets import Validity
from charthouse.kit import Code, CodeSystem

router = Router(tags=["codes"])


@router.post("/codes/find", response=FindOut, url_name="find_codes")
def find_codes(request: HttpRequest, asked: FindIn) -> FindOut:
    """Codes for a code, words or shorthand, best first, each valid on the day or leading to one that is."""
    on = asked.on or today()
    found = [
        FoundCode(
            system=hit.code.system.value,
            code=hit.code.display,
            title=hit.title,
            is_billable=hit.is_billable,
            score=round(hit.score, 4),
            reason=hit.reason,
        )
        for hit in search_diagnoses(asked.q, on, asked.limit)
    ]
    return FindOut(on=on, release=code_book().release_label(on), results=found)


@router.post("/codes/check", response=CheckOut, url_name="check_codes")
def check_codes(request: HttpRequest, asked: CheckIn) -> CheckOut:
    """Whether each code may be reported on the day."""
    on, book = asked.on or today(), code_book()
    codes = [code_of(asked.system, text) for text in asked.codes]
    return CheckOut(on=on, results=[standing(code, book.is_valid(code, on)) for code in codes])


def code_of(system: str, text: str) -> Code:
    """A code as it was written, with or without its dot."""
    return Code(CodeSystem(system), text.strip().replace(".", "").upper())


def standing(code: Code, validity: Validity) -> Standing:
    """The answer of the code book as the schema has it."""
    return Standing(
        code=code.display,
        state=validity.state.value,
        valid_from=validity.valid_from,
        valid_to=validity.valid_to,
        release=validity.release,
        text=validity.text,
    )
