"""Results of the command line, and everything there is to know about one code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.command import parse
from charthouse.apps.core.errors import Invalid
from charthouse.apps.practice.selectors import charge_for, charge_labels
from charthouse.apps.reference.selectors import code_book, notices, search_diagnoses, search_procedures
from charthouse.apps.reference.selectors import entry as described
from charthouse.engines.codesets import CodeBook, Completion, NodeKind, Note, Step
from charthouse.engines.encoder import Hit, ProcedureHit
from charthouse.kit import Code, CodeSystem

MOST_HITS = 12
_PROCEDURES_BESIDE = 4
# Where the words stand when it is not in the title.
_UNSEEN = {"in another name for it": "another name for it", "in a term listed under it": "a term listed under it"}
_SHOWN_CHOICES = 6
# The code editor's traits worth saying beside a result; the others matter to its own checks only.
_TRAITS = {
    "manifestation": "not first: manifestation",
    "ecodepdx": "not first: external cause",
    "unacceptable": "not as principal",
    "unspecified": "unspecified",
    "maternity": "maternity",
    "newborn": "newborn",
    "pediatric": "pediatric",
    "adult": "adult",
}
_SOURCES = {CodeSystem.HCPCS: "HCPCS Level II", CodeSystem.CPT: "CPT"}
_PROCEDURE_LIKE = re.compile(r"[A-Z][0-9]{4}|[0-9]{4}[0-9A-Z]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a title, underlined when it matched what was typed."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class HitRow:
    """One result. An incomplete code cannot be added: it leads on to its completions (`needs`)."""

    kind: str
    code: str
    display: str
    parts: tuple[Part, ...]
    note: str
    aside: str
    is_billable: bool
    blanks: str
    needs: str
    system: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the detail panel."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to complete a code."""

    code: str
    display: str
    meaning: str
    is_billable: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything about one code on a day."""

    kind: str
    code: str
    display: str
    title: str
    standing: str
    facts: tuple[Fact, ...]
    choices: tuple[Choice, ...]


def search(text: str, kind: str, organization_id: int, on: date, person: Person | None = None) -> tuple[HitRow, ...]:
    """Results for what was typed, as a person may see them; `kind` is dx, px or empty for both."""
    words = code_part(text)
    diagnoses = [] if kind == "px" else search_diagnoses(words, on, MOST_HITS, person)
    own = {} if kind == "dx" else charge_labels(organization_id, on)
    procedures = [] if kind == "dx" else search_procedures(words, on, own, MOST_HITS, person)
    if not kind and not _PROCEDURE_LIKE.fullmatch(words.upper()):
        procedures = procedures[:_PROCEDURES_BESIDE]
        diagnoses = diagnoses[: MOST_HITS - len(procedures)]
    of_procedures = [_procedure_row(hit, organization_id, on) for hit in procedures]
    notes = _notes(diagnoses, is_one_word=len(words.split()) < 2)
    of_diagnoses = [_diagnosis_row(hit, note) for hit, note in zip(diagnoses, notes, strict=True)]
    is_procedure = bool(_PROCEDURE_LIKE.fullmatch(words.upper())) and bool(of_procedures)
    ordered = [*of_procedures, *of_diagnoses] if is_procedure else [*of_diagnoses, *of_procedures]
    return tuple(ordered[:MOST_HITS])


def gap(on: date) -> str:
    """Why no diagnosis can be found for a day at all: its release is not loaded. Empty when it is."""
    book = code_book()
    return "" if book.validity.covers(on) else book.release_label(on)


def code_part(text: str) -> str:
    """What to look for: the code of a command such as `G0463-25 x1 >1,2`, or all of the words."""
    try:
        typed = parse(text)
    except Invalid:
        return text.strip()
    return text.strip() if typed.is_bare else typed.code


def command_for(text: str, code: str) -> str:
    """What to add when a result is taken: what was typed, if it is a command for that very code, else the code."""
    try:
        typed = parse(text)
    except Invalid:
        return code
    return text if typed.code == code and not typed.is_bare else code


def detail(code: str, kind: str, organization_id: int, on: date, person: Person | None = None) -> Detail | None:
    """About one code, as a person may see it; None when no table knows it."""
    if kind == "px":
        return _procedure_detail(code, organization_id, on, person)
    return _diagnosis_detail(code, on)


def _diagnosis_row(hit: Hit, note: str) -> HitRow:
    is_header = not hit.is_billable and bool(hit.completions)
    missing = min((len(choice.characters) for choice in hit.completions), default=0) if is_header else 0
    return HitRow(
        kind="dx",
        code=hit.code.value,
        display=hit.code.display,
        parts=_parts(hit.title, hit.matched),
        note=note,
        aside=", ".join(_TRAITS[mark] for mark in hit.marks if mark in _TRAITS),
        is_billable=hit.is_billable,
        blanks="_" * missing,
        needs=_needs(hit.completions, missing) if is_header else "",
        system=hit.code.system.value,
    )


def _procedure_row(hit: ProcedureHit, organization_id: int, on: date) -> HitRow:
    item = charge_for(organization_id, hit.code.value, on)
    source = "charge master" if hit.is_local else _SOURCES.get(hit.code.system, "")
    return HitRow(
        kind="px",
        code=hit.code.value,
        display=hit.code.value,
        parts=_parts(hit.label, hit.matched),
        note=f"{source}, one unit is {hit.unit}" if hit.unit else source,
        aside=str(item.price) if item else "no price",
        is_billable=True,
        blanks="",
        needs="",
        system=hit.code.system.value,
    )


def _parts(title: str, matched: Sequence[str]) -> tuple[Part, ...]:
    words = [re.escape(word) for word in sorted(matched, key=len, reverse=True) if word]
    if not words:
        return (Part(title, False),)
    one = rf"(?:{'|'.join(words)})"
    # Matched words next to each other are underlined as one.
    pieces = re.split(rf"\b({one}(?:[ -]{one})*)\b", title)
    return tuple(Part(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece)


def _notes(found: Sequence[Hit], *, is_one_word: bool) -> list[str]:
    """How what was typed was read, said once, at the best result; and what a title alone does not explain."""
    notes = [_why(hit.reason, is_one_word=is_one_word) for hit in found]
    readings = found[0].reason.split(" · ")[:-1] if found else []
    return [f"read as {', '.join(readings)}", *notes[1:]] if readings else notes


def _why(reason: str, *, is_one_word: bool) -> str:
    """Nothing where the title says the words: those are underlined."""
    for ending, note in _UNSEEN.items():
        if reason.endswith(ending):
            return note
    return "some of the words" if "some words" in reason and not is_one_word else ""


def _needs(choices: Sequence[Completion], missing: int) -> str:
    shown = " · ".join(f"{choice.characters} {choice.meaning}" for choice in choices[:_SHOWN_CHOICES])
    more = f" · and {len(choices) - _SHOWN_CHOICES} more" if len(choices) > _SHOWN_CHOICES else ""
    return f"needs {missing} more character{'s' if missing > 1 else ''}: {shown}{more}"


def _diagnosis_detail(code: str, on: date) -> Detail | None:
    book = code_book()
    entry = book.icd10cm(code, on)
    if entry is None:
        return None
    validity = book.is_valid(entry.code, on)
    day = f"{on.day} {on:%b %Y}"
    standing = f"billable, valid on {day}" if validity.is_valid else validity.text
    notes = (
        ("Excludes 1", entry.excludes1),
        ("Excludes 2", entry.excludes2),
        ("Code first", entry.code_first),
        ("Add’l code", entry.use_additional),
        ("Code also", entry.code_also),
    )
    facts = [
        Fact("Path", (" › ".join([*map(_step, entry.path), entry.display]),)),
        Fact("Includes", (*entry.inclusion_terms, *_lines(entry.includes))),
        *(Fact(label, tuple(_lines(found))) for label, found in notes),
        Fact("7th character", tuple(f"{sign} {meaning}" for sign, meaning in entry.seventh_characters)),
        Fact("Source", (validity.release,)),
    ]
    choices = tuple(_choice(one) for one in book.completions(entry.code, on))
    return Detail("dx", entry.code.value, entry.display, entry.title, standing, _filled(facts), choices)


def _procedure_detail(code: str, organization_id: int, on: date, person: Person | None) -> Detail | None:
    book: CodeBook = code_book()
    item, entry = charge_for(organization_id, code, on), book.hcpcs(code, on)
    cpt = described(CodeSystem.CPT, code, on, person)
    if item is None and entry is None and cpt is None:
        return None
    validity = cpt.validity if cpt else book.is_valid(Code(CodeSystem.HCPCS, code), on)
    title = item.label if item else entry.label if entry else cpt.title if cpt else ""
    facts = [
        Fact("Price", (str(item.price) if item else "none in the charge master: a claim with it is held",)),
        Fact("One unit", (entry.unit,) if entry and entry.unit else ()),
        Fact("HCPCS", (entry.label,) if entry and entry.label != title else ()),
        Fact("CPT", (cpt.title, *notices(on)) if cpt and not cpt.needs_seat else ()),
        Fact("Source", ("Charge master" if item else "", validity.release)),
        Fact("Write", (f"{code}-25 x2 >1,2", "modifiers, units, diagnoses it is for")),
    ]
    standing = f"in force on {on.day} {on:%b %Y}" if validity.is_valid or item else validity.text
    return Detail("px", code, code, title, standing, _filled(facts), ())


def _lines(notes: Iterable[Note]) -> list[str]:
    return [f"{line} (at {note.place})" if note.is_inherited else line for note in notes for line in note.lines]


def _step(step: Step) -> str:
    return f"Chapter {step.name}" if step.kind is NodeKind.CHAPTER else step.name.replace("-", "–")


def _filled(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    kept = (Fact(fact.label, tuple(line for line in fact.lines if line)) for fact in facts)
    return tuple(fact for fact in kept if fact.lines)


def _choice(completion: Completion) -> Choice:
    return Choice(completion.code.value, completion.code.display, completion.meaning, completion.is_billable)
