"""`charthouse codes show`: everything about one code on a day."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

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

    book = code_book()
    data = {**validity_data(code, book.is_valid(code, on)), "on": on.isoformat(), "title": ""}
    if code.system is CodeSystem.ICD10CM:
        entry = book.icd10cm(code.value, on)
        if entry is not None:
            data |= entry_data(entry)
            data["traits"] = sorted(book.validity.traits.get(code.value, frozenset()))
        data["next"] = choices_data(book.completions(code, on))
    elif code.system is CodeSystem.ICD10PCS:
        found = book.pcs(code.value)
        data["title"] = found.title if found else ""
    elif code.system is CodeSystem.HCPCS:
        level_two = book.hcpcs(code.value, on)
        data["title"] = level_two.label if level_two else ""
    return data


def _print(data: dict[str, Any]) -> None:
    print(f"{data['code']}  {data['title']}")
    print(f"  {data['state']}, {data['release']}{': ' + data['text'] if data['text'] else ''}")
    if data["valid_from"]:
        print(f"  valid from {data['valid_from']} to {data['valid_to'] or 'further notice'}")
    for step in data.get("path", []):
        print(f"  in {step['name']} {step['title']}")
    for term in data.get("inclusion_terms", []):
        print(f"  includes: {term}")
    for note in data.get("notes", []):
        where = f" (at {note['at']})" if note["is_inherited"] else ""
        for line in note["lines"]:
            print(f"  {note['kind']}: {line}{where}")
    for one in data.get("seventh_characters", []):
        print(f"  7th character {one['character']}: {one['meaning']}")
    for one in data.get("next", []):
        print(f"  go on with {one['code']}: {one['meaning']}{'' if one['is_billable'] else ' …'}")
