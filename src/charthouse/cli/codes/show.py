"""`charthouse codes show`: everything about one code on a day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from charthouse.cli.codes.common import (
    SYSTEMS,
    add_day,
    choices_data,
    code_of,
    day_of,
    entry_data,
    open_book,
    print_json,
    validity_data,
)
from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.engines.codesets import Marks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The code."""
    parser.add_argument("code")
    parser.add_argument("--system", choices=SYSTEMS, default="")
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print it; 1 when no table knows the code."""
    open_book()
    on = day_of(options)
    data = about(code_of(options.code, options.system), on)
    if options.json:
        print_json(data)
    else:
        _print(data)
    return 1 if data["state"] in {"unknown", "no-data"} else 0


def about(code: Code, on: date) -> dict[str, Any]:
    """Its standing, and what its system says of it."""
    from charthouse.apps.reference.selectors import code_book
    from charthouse.engines.codesets import older

    book = code_book()
    data = {**validity_data(code, book.is_valid(code, on)), "on": on.isoformat(), "title": ""}
    if code.system is CodeSystem.ICD10CM:
        entry = book.icd10cm(code.value, on)
        if entry is not None:
            data |= entry_data(entry)
            data["traits"] = sorted(book.validity.traits.get(code.value, frozenset()))
        data["next"] = choices_data(book.completions(code, on))
        data["siblings"] = choices_data(book.siblings(code, on))
        data["icd9"] = [one.display for one in older(code.value)]
        data |= _marked(book.marks(code, on))
    elif code.system is CodeSystem.ICD10PCS:
        found = book.pcs(code.value)
        data["title"] = found.title if found else ""
    elif code.system is CodeSystem.HCPCS:
        level_two = book.hcpcs(code.value, on)
        data["title"] = level_two.label if level_two else ""
    return data


def _marked(marks: Marks | None) -> dict[str, Any]:
    if marks is None:
        return {}
    hccs = [{"model": one.model, "category": one.category, "label": one.label} for one in marks.hccs]
    return {"hccs": hccs, "ccsr": marks.ccsr, "sources": list(marks.sources), "gaps": list(marks.gaps)}


def _print(data: dict[str, Any]) -> None:
    print(f"{data['code']}  {data['title']}")
    print(f"  {data['state']}, {data['release']}{': ' + data['text'] if data['text'] else ''}")
    if data["valid_from"]:
        print(f"  valid from {data['valid_from']} to {data['valid_to'] or 'further notice'}")
    for line in (*_listed(data), *_known(data), *_onward(data)):
        print(f"  {line}")


def _listed(data: dict[str, Any]) -> Iterator[str]:
    """What the tabular list says."""
    for step in data.get("path", []):
        yield f"in {step['name']} {step['title']}"
    for term in data.get("inclusion_terms", []):
        yield f"includes: {term}"
    for note in data.get("notes", []):
        where = f" (at {note['at']})" if note["is_inherited"] else ""
        yield from (f"{note['kind']}: {line}{where}" for line in note["lines"])
    for one in data.get("seventh_characters", []):
        yield f"7th character {one['character']}: {one['meaning']}"


def _known(data: dict[str, Any]) -> Iterator[str]:
    """What other tables say."""
    for one in data.get("hccs", []):
        yield f"risk category {one['model']} {one['category']} {one['label']}".rstrip()
    if data.get("ccsr"):
        yield f"CCSR {data['ccsr']}"
    if data.get("icd9"):
        yield f"ICD-9-CM {', '.join(data['icd9'])}"
    yield from (f"not known: {gap}" for gap in data.get("gaps", []))


def _onward(data: dict[str, Any]) -> Iterator[str]:
    """Where to go from here."""
    for one in data.get("next", []):
        yield f"go on with {one['code']}: {one['meaning']}{'' if one['is_billable'] else ' …'}"
    for one in data.get("siblings", []):
        yield f"beside it {one['code']}: {one['meaning']}"
