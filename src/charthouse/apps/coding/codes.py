"""Whether a typed code exists at all, and what it is called. Whether it may be used on a day is for the findings."""

from __future__ import annotations

from charthouse.apps.accounts.models import Organization
from charthouse.apps.coding.command import Command
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Invalid
from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.reference.finding import knows_cpt
from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets import NO_TEXT, CodeBook, ValidityState
from charthouse.kit import Code, CodeSystem


def diagnosis_code(command: Command) -> Code:
    """The ICD-10-CM code that was typed; raise Invalid when no table knows it or parts of a procedure stand with it."""
    code = Code.icd10cm(command.code)
    if code_book().icd10cm(code.value) is None:
        raise Invalid(
            f"There is no ICD-10-CM code {code.display}.",
            field="code",
            code="coding.no-such-code",
            mend=_nearest(code_book(), code),
        )
    if not command.is_bare:
        raise Invalid(
            f"{code.display} is a diagnosis: it takes no modifiers, units, date or pointers.",
            field="code",
            code="coding.command",
        )
    return code


def procedure_code(command: Command, organization: Organization) -> str:
    """The procedure code that was typed; raise Invalid when no loaded table and no charge master knows it."""
    if command.may_be_procedure and is_procedure(command.code, organization):
        return command.code
    raise Invalid(
        f"{command.code} is neither in a loaded table of procedures nor in the charge master.",
        field="code",
        code="coding.no-such-code",
        mend="Check the code, or have it added to the charge master.",
    )


def is_procedure(code: str, organization: Organization) -> bool:
    """Whether HCPCS Level II may hold the code, a loaded CPT release does, or the charge master on any date."""
    return (
        procedure_system(code) is not CodeSystem.LOCAL
        or ChargeItem.objects.filter(organization=organization, code=code).exists()
    )


def is_diagnosis(code: str) -> bool:
    """Whether ICD-10-CM knows the code."""
    return code_book().icd10cm(code) is not None


def procedure_system(code: str) -> CodeSystem:
    """CPT when a loaded release has the code, HCPCS when it has that shape (whatever is loaded), else LOCAL."""
    if knows_cpt(code):
        return CodeSystem.CPT
    validity = code_book().is_valid(Code(CodeSystem.HCPCS, code), today())
    return CodeSystem.LOCAL if validity.state is ValidityState.UNKNOWN else CodeSystem.HCPCS


def diagnosis_title(code: str) -> str:
    """What a diagnosis is called."""
    entry = code_book().icd10cm(code)
    return entry.title if entry else NO_TEXT


def procedure_title(code: str, item: ChargeItem | None) -> str:
    """What a procedure is called: the practice's own label first, then ours for HCPCS Level II."""
    if item is not None:
        return item.label
    entry = code_book().hcpcs(code)
    return entry.label if entry else NO_TEXT


def _nearest(book: CodeBook, code: Code) -> str:
    stems = (Code.icd10cm(code.value[:size]) for size in range(len(code.value) - 1, 2, -1))
    stem = next((stem for stem in stems if book.icd10cm(stem.value)), None)
    return f"{stem.display} exists: start from there." if stem else "Search by words instead."
