"""Everything about one code on a day: as JSON, and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from charthouse.cli.codes.common import sees_words, validity_data
from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.apps.accounts.models import Person
    from charthouse.engines.codesets import CodeBook, Completion, Icd10cmEntry, Marks

Data = dict[str, Any]


def about(code: Code, on: date, person: Person | None = None) -> Data:
    """Its standing, and what its system says of it; CPT words are for a person with a seat."""
    from charthouse.apps.reference.finding import describe
    from charthouse.apps.reference.opened import code_book

    book, described = code_book(), describe(code, on, shows_words=sees_words(person, on))
    data = {**validity_data(code, book.is_valid(code, on)), "on": on.isoformat()}
    data["title"] = described.title if described else ""
    if code.system is CodeSystem.ICD10CM:
        data |= _diagnosis(book, code, on)
    elif code.system is CodeSystem.ICD10PCS:
        found = book.pcs(code.value, on)
        data["axes"] = [asdict(one) for one in found.axes] if found else []
    data |= _onward(book, code, on)
    return data


def _diagnosis(book: CodeBook, code: Code, on: date) -> Data:
    entry = book.icd10cm(code.value, on)
    older = book.gem(code)
    pairs = [
        {"kind": one.kind.value, "text": one.text, "at": one.origin.name, "codes": list(one.codes)}
        | {"goes": one.direction, "is_named": one.is_named}
        for one in book.pairs(code, on)
        if one.codes
    ]
    gem = [asdict(one) | {"display": one.display if one.code else "no code"} for one in older]
    return (_listed(entry) if entry else {}) | {"pairs": pairs, "gem": gem} | _marked(book.marks(code, on))


def _listed(entry: Icd10cmEntry) -> Data:
    return {
        "path": [{"kind": step.kind.value, "name": step.name, "title": step.title} for step in entry.path],
        "inclusion_terms": list(entry.inclusion_terms),
        "notes": [
            {"kind": note.kind.value, "lines": list(note.lines), "at": note.place, "is_inherited": note.is_inherited}
            for note in entry.notes
        ],
        "seventh_characters": [{"character": sign, "meaning": meaning} for sign, meaning in entry.seventh_characters],
    }


def _marked(marks: Marks | None) -> Data:
    if marks is None:
        return {}
    return {
        "cc": marks.cc,
        "hccs": [{"model": one.model, "category": one.category, "label": one.label} for one in marks.hccs],
        "ccsr": marks.ccsr,
        "poa_exempt": marks.poa_exempt,
        "traits": sorted(marks.traits),
        "sources": list(marks.sources),
        "gaps": list(marks.gaps),
    }


def _onward(book: CodeBook, code: Code, on: date) -> Data:
    """What is missing, what stands beside it, and what the release changed about it."""
    missing, change = book.missing(code, on), book.change_of(code, on)
    return {
        "missing": missing.text if missing else "",
        "next": _choices(missing.choices if missing else book.completions(code, on)),
        "siblings": _choices(book.siblings(code, on)),
        "change": {"kind": change.kind, "on": change.on.isoformat(), "before": change.before} if change else None,
    }


def _choices(found: Iterable[Completion]) -> list[Data]:
    return [{"code": one.code.display, "meaning": one.meaning, "is_billable": one.is_billable} for one in found]


def lines(data: Data) -> Iterator[str]:
    """The same in words."""
    yield f"{data['code']}  {data['title']}".rstrip()
    yield f"  {data['state']}, {data['release']}{': ' + data['text'] if data['text'] else ''}"
    if data["valid_from"]:
        yield f"  valid from {data['valid_from']} to {data['valid_to'] or 'further notice'}"
    for one in (*_said_by_the_list(data), *_said_by_others(data), *_said_of_the_way(data)):
        yield f"  {one}"


def _said_by_the_list(data: Data) -> Iterator[str]:
    for step in data.get("path", []):
        yield f"in {step['name']} {step['title']}"
    for axis in data.get("axes", []):
        yield f"{axis['position']} {axis['title']}: {axis['value']} {axis['label']}".rstrip()
    for term in data.get("inclusion_terms", []):
        yield f"includes: {term}"
    for note in data.get("notes", []):
        where = f" (at {note['at']})" if note["is_inherited"] else ""
        yield from (f"{note['kind']}: {line}{where}" for line in note["lines"])
    for one in data.get("seventh_characters", []):
        yield f"7th character {one['character']}: {one['meaning']}"


def _said_by_others(data: Data) -> Iterator[str]:
    for pair in data.get("pairs", []):
        if pair["is_named"]:
            yield f"named by {', '.join(pair['codes'])}: {pair['kind']} {pair['text']}"
    if data.get("cc"):
        yield f"{data['cc']}"
    for one in data.get("hccs", []):
        yield f"risk category {one['model']} {one['category']} {one['label']}".rstrip()
    if data.get("ccsr"):
        yield f"CCSR {data['ccsr']}"
    if data.get("traits"):
        yield f"code editor: {', '.join(data['traits'])}"
    for one in data.get("gem", []):
        yield f"ICD-9-CM {one['display']} {one['title']}{' (approximate)' if one['is_approximate'] else ''}"
    yield from (f"source: {one}" for one in data.get("sources", []))
    yield from (f"not known: {gap}" for gap in data.get("gaps", []))


def _said_of_the_way(data: Data) -> Iterator[str]:
    if data["change"]:
        before = f", before: {data['change']['before']}" if data["change"]["before"] else ""
        yield f"{data['change']['kind']} on {data['change']['on']}{before}"
    if data["missing"]:
        yield data["missing"]
    for one in data["next"]:
        yield f"go on with {one['code']}: {one['meaning']}{'' if one['is_billable'] else ' …'}"
    for one in data["siblings"]:
        yield f"beside it {one['code']}: {one['meaning']}"
