"""An ICD-10-PCS code axis by axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from charthouse.apps.accounts.models import Person
from charthouse.apps.reference.selectors import code_book, favourites
from charthouse.engines.codesets import PcsAxis, PcsChoice, ValidityState
from charthouse.kit import Code, CodeSystem
from charthouse.web.presenters.codebook.links import CodeLink, code_url

_LENGTH = 7
_MOST_BESIDE = 40


@dataclass(frozen=True, slots=True)
class AxisChoice:
    """A value for the next axis, and where choosing it leads."""

    choice: PcsChoice
    url: str


@dataclass(frozen=True, slots=True)
class Building:
    """Where the building of a code stands. `standing` says what is missing or how the code stands."""

    chosen: str
    blanks: str
    title: str
    standing: str
    is_good: bool
    is_kept: bool
    axis: str
    steps: tuple[tuple[str, str], ...]
    axes: tuple[PcsAxis, ...]
    choices: tuple[AxisChoice, ...]
    beside: tuple[CodeLink, ...]


def building(chosen: str, on: date, person: Person) -> Building:
    """A code so far, and the choices for its next axis."""
    book, code = code_book(), Code(CodeSystem.ICD10PCS, chosen)
    entry, validity, choices = book.pcs(chosen, on), book.is_valid(code, on), book.pcs_choices(chosen, on)
    is_good = validity.state is ValidityState.VALID
    standing = validity.text if len(chosen) == _LENGTH else f"{_LENGTH - len(chosen)} characters to choose"
    system = CodeSystem.ICD10PCS.value
    return Building(
        chosen=chosen,
        blanks="_" * (_LENGTH - len(chosen)),
        title=entry.title if entry else "",
        standing=f"valid on {on.day} {on:%b %Y}" if is_good else standing,
        is_good=is_good,
        is_kept=is_good and code in favourites(person),
        axis=choices[0].axis if choices else "",
        steps=tuple((sign, code_url(system, chosen[:place], on)) for place, sign in enumerate(chosen)),
        axes=entry.axes if entry else (),
        choices=tuple(AxisChoice(one, code_url(system, chosen + one.value, on)) for one in choices),
        beside=tuple(
            CodeLink(one.code.value, one.meaning, code_url(system, one.code.value, on))
            for one in book.siblings(code, on)[:_MOST_BESIDE]
        ),
    )
