"""What a search of the code book finds, and the codes a person has at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.reference.selectors import code_book, favourites, recent, search_pcs
from charthouse.apps.reference.selectors import entry as described
from charthouse.kit import Code, CodeSystem
from charthouse.web.presenters import hits
from charthouse.web.presenters.codebook.links import CodeLink, code_url, diagnosis_link
from charthouse.web.presenters.hits import HitRow, Part

MOST_INPATIENT = 40
_ICD9 = re.compile(r"(?:[0-9]{3}|V[0-9]{2})(?:\.?[0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Result:
    """A result of the search, and its page."""

    hit: HitRow
    url: str

    @property
    def title(self) -> str:
        """The whole title."""
        return "".join(part.text for part in self.hit.parts)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Where an ICD-9-CM code leads."""

    code: str
    title: str
    targets: tuple[CodeLink, ...]
    source: str


@dataclass(frozen=True, slots=True)
class AtHand:
    """A list of codes a person keeps or used last."""

    title: str
    codes: tuple[CodeLink, ...]


def results(text: str, kind: str, where: Organization, on: date, person: Person) -> tuple[Result, ...]:
    """What a search finds, each with its page. `kind` is dx, px, pcs, or empty for diagnoses and procedures."""
    if kind == "pcs":
        return tuple(_inpatient(text, on))
    found = hits.search(text, kind, where.pk, on, person)
    return tuple(Result(hit, code_url(hit.system, hit.code, on)) for hit in found)


def crosswalk(text: str, on: date) -> Crosswalk | None:
    """Where the ICD-9-CM code that was typed leads; None when it is none."""
    typed = text.strip().upper()
    if not _ICD9.fullmatch(typed):
        return None
    value = typed.replace(".", "")
    found = [one for one in code_book().gem(Code(CodeSystem.OTHER, value)) if not one.has_none]
    if not found:
        return None
    display = f"{value[:3]}.{value[3:]}" if len(value) > 3 else value
    targets = (diagnosis_link(one.code, on) for one in found)
    return Crosswalk(display, "", tuple(dict.fromkeys(targets)), "general equivalence mapping")


def at_hand(person: Person, on: date) -> tuple[AtHand, ...]:
    """The lists of a person: favourites, then codes used last. Lists with nothing in them are left out."""
    lists = (("Favourites", favourites(person)), ("Used last", recent(person)))
    return tuple(AtHand(title, tuple(_link(code, on, person) for code in codes)) for title, codes in lists if codes)


def _link(code: Code, on: date, person: Person) -> CodeLink:
    about = described(code.system, code.value, on, person)
    title = about.title if about else "not in a table of this day"
    url = code_url(code.system.value, code.value, on)
    return CodeLink(code.display, title, url, bool(about and about.validity.is_valid))


def _inpatient(text: str, on: date) -> Iterator[Result]:
    for entry in search_pcs(text, on, MOST_INPATIENT):
        value = entry.code.value
        parts = (Part(entry.title, is_match=False),)
        row = HitRow("pcs", value, value, parts, "", "", True, "", "", CodeSystem.ICD10PCS.value)
        yield Result(row, code_url(row.system, value, on))
