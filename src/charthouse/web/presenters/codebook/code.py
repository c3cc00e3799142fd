"""Everything the books say of one code on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.reference.selectors import code_book, favourites
from charthouse.engines.codesets import Completion, Icd10cmEntry, Mark, NodeKind, NoteKind, Validity
from charthouse.kit import Code, CodeSystem
from charthouse.web.presenters import hits
from charthouse.web.presenters.codebook.links import KINDS, CodeLink, Piece, code_url, pieces

MOST_BESIDE = 60
_NOTES = {
    NoteKind.INCLUDES: "Includes",
    NoteKind.EXCLUDES1: "Excludes 1: never with it",
    NoteKind.EXCLUDES2: "Excludes 2: not part of it",
    NoteKind.CODE_FIRST: "Code first",
    NoteKind.USE_ADDITIONAL: "Use an additional code",
    NoteKind.CODE_ALSO: "Code also",
}
_TRAITS = {
    "manifestation": "manifestation: not first",
    "ecodepdx": "external cause: not first",
    "unacceptable": "not a principal diagnosis",
    "unspecified": "unspecified",
    "maternity": "maternity, ages 9 to 64",
    "newborn": "newborn, age 0",
    "pediatric": "ages 0 to 17",
    "adult": "ages 15 to 124",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, where it stands when that is above the code, and lines in which codes are links."""

    label: str
    place: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class CodePage:
    """Everything about one code on a day. `missing` says what it lacks to be reported; `gaps` what is not known."""

    system: str
    code: str
    display: str
    title: str
    standing: str
    is_good: bool
    is_kept: bool
    days: str = ""
    change: str = ""
    missing: str = ""
    path: tuple[CodeLink, ...] = ()
    marks: tuple[Mark, ...] = ()
    sections: tuple[Section, ...] = ()
    onward: tuple[CodeLink, ...] = ()
    beside: tuple[CodeLink, ...] = ()
    sources: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


def code_page(system: str, value: str, where: Organization, on: date, person: Person) -> CodePage | None:
    """A code of a system as a person may see it; None when no table knows it."""
    code = Code(CodeSystem(system), value)
    is_kept = code in favourites(person)
    if code.system is CodeSystem.ICD10CM:
        entry = code_book().icd10cm(value, on)
        return _diagnosis(entry, on, is_kept=is_kept) if entry else None
    detail = hits.detail(value, KINDS[system], where.pk, on, person)
    if detail is None:
        return None
    sections = tuple(Section(fact.label, "", tuple((Piece(line),) for line in fact.lines)) for fact in detail.facts)
    is_good = code_book().is_valid(code, on).is_valid or detail.standing.startswith("in force")
    return CodePage(system, value, value, detail.title, detail.standing, is_good, is_kept, sections=sections)


def _diagnosis(entry: Icd10cmEntry, on: date, *, is_kept: bool) -> CodePage:
    book, code = code_book(), entry.code
    validity, missing, marks = book.is_valid(code, on), book.missing(code, on), book.marks(code, on)
    onward = missing.choices if missing else book.completions(code, on)
    return CodePage(
        code.system.value,
        code.value,
        entry.display,
        entry.title,
        f"billable, valid on {_day(on)}" if validity.is_valid else validity.text,
        validity.is_valid,
        is_kept,
        days=_days(validity),
        change=_change(code, on),
        missing=missing.text if missing else "",
        path=tuple(_path(entry, on)),
        marks=(*marks.shown, *_traits(marks.traits)) if marks else (),
        sections=tuple(_sections(entry, on, marks.ccsr if marks else "")),
        onward=_links(onward, on),
        beside=_links(book.siblings(code, on)[:MOST_BESIDE], on),
        sources=(validity.release, *(marks.sources if marks else ())),
        gaps=marks.gaps if marks else (),
    )


def _sections(entry: Icd10cmEntry, on: date, ccsr: str) -> Iterator[Section]:
    yield from _section("Also called", "", entry.inclusion_terms, on)
    for note in entry.notes:
        label = _NOTES.get(note.kind, "Note")
        yield from _section(label, f"at {note.place}" if note.is_inherited else "", note.lines, on)
    named = [one for one in code_book().pairs(entry.code, on) if one.is_named]
    lines = [
        f"{', '.join(one.codes)} says {one.kind.value.replace('-', ' ')}: {one.text.lstrip(' ,')}" for one in named
    ]
    yield from _section("Named by", "", lines, on)
    signs = (f"{sign} {meaning}" for sign, meaning in entry.seventh_characters)
    yield from _section("7th character", "", signs, on)
    yield from _section("Clinical category (CCSR)", "", (ccsr,) if ccsr else (), on)
    yield from _section("ICD-9-CM", "approximate unless it says so", _older(entry.code), on)


def _section(label: str, place: str, lines: Iterable[str], on: date) -> Iterator[Section]:
    found = tuple(pieces(line, on) for line in lines)
    if found:
        yield Section(label, place, found)


def _older(code: Code) -> Iterator[str]:
    for one in code_book().gem(code):
        exact = "" if one.is_approximate else " (exact)"
        yield "no code" if one.has_none else f"{one.display} {one.title}{exact}"


def _path(entry: Icd10cmEntry, on: date) -> Iterator[CodeLink]:
    for step in entry.path:
        is_code = step.kind is NodeKind.CODE
        name = f"Chapter {step.name}" if step.kind is NodeKind.CHAPTER else step.name
        url = code_url(CodeSystem.ICD10CM.value, step.name.replace(".", ""), on) if is_code else ""
        yield CodeLink(name, step.title, url)


def _traits(traits: frozenset[str]) -> tuple[Mark, ...]:
    return tuple(Mark(_TRAITS[one], "Medicare code editor") for one in sorted(traits) if one in _TRAITS)


def _change(code: Code, on: date) -> str:
    change = code_book().change_of(code, on)
    if change is None:
        return ""
    before = f", before: {change.before}" if change.before else ""
    words = {"added": "New", "deleted": "Deleted", "revised": "Reworded"}
    return f"{words[change.kind]} on {_day(change.on)}{before}"


def _days(validity: Validity) -> str:
    if validity.valid_from is None:
        return ""
    return f"{_day(validity.valid_from)} to {_day(validity.valid_to) if validity.valid_to else 'further notice'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _links(found: Iterable[Completion], on: date) -> tuple[CodeLink, ...]:
    return tuple(
        CodeLink(one.code.display, one.meaning, code_url(one.code.system.value, one.code.value, on), one.is_billable)
        for one in found
    )
