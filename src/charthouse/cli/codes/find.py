"""`charthouse codes find`: codes for words, shorthand or the start of a code; or for a whole file of queries."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from charthouse.cli.codes.common import SYSTEMS, add_day, code_of, day_of, open_book, print_json
from charthouse.cli.setup import say
from charthouse.kit import CodeSystem

_BATCH_LIMIT = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Words or a file of queries."""
    parser.add_argument("words", nargs="*", help="a code, its first characters, words or shorthand")
    parser.add_argument("--system", choices=SYSTEMS, help="where to look (diagnoses; other systems by code)")
    parser.add_argument("--limit", type=int, default=12)
    parser.add_argument("--batch", type=Path, metavar="FILE", help='lines {"id","q"} in, lines {"id","codes"} out')
    parser.add_argument(
        "--without",
        type=Path,
        metavar="FILE",
        help='lines {"gold" or "code", "raw" or "term"}: inclusion terms that the index must not know',
    )
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is found; 1 when nothing is, or when a line of the batch is not a query."""
    open_book()
    on = day_of(options)
    if options.batch:
        return _batch(options.batch, on, options.without)
    found = list(_find(" ".join(options.words), on, options))
    for one in found:
        if options.json:
            print_json(one)
        else:
            lead = "" if one["is_billable"] else "  (leads on)"
            print(f"{one['code']:<9} {one['title']}{lead}  [{one['reason']}]")
    if not found and not options.json:
        say("Nothing matches. Try fewer words, a plainer word, or the first characters of a code.")
    return 0 if found else 1


def _find(text: str, on: date, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from charthouse.apps.reference.selectors import code_book, encoder

    book = code_book()
    code = code_of(text, options.system or "")
    if code.system is CodeSystem.ICD10PCS and book.inpatient:
        for _, value in zip(range(options.limit), book.inpatient.codes(code.value, on), strict=False):
            entry = book.pcs(value)
            yield _row(CodeSystem.ICD10PCS, value, entry.title if entry else "", 1.0, "code")
    elif code.system is CodeSystem.HCPCS:
        for hit in encoder().search_procedures(text, on, (), options.limit):
            yield _row(CodeSystem.HCPCS, hit.code.display, hit.label, hit.score, "HCPCS Level II")
    else:
        for diagnosis in encoder().search(text, on, options.limit):
            row = _row(CodeSystem.ICD10CM, diagnosis.code.display, diagnosis.title, diagnosis.score, diagnosis.reason)
            yield {**row, "is_billable": diagnosis.is_billable, "marks": list(diagnosis.marks)}


def _row(system: CodeSystem, code: str, title: str, score: float, reason: str) -> dict[str, Any]:
    return {
        "code": code,
        "system": system.value,
        "title": title,
        "is_billable": True,
        "score": round(score, 4),
        "reason": reason,
    }


def _batch(path: Path, on: date, without: Path | None) -> int:
    from charthouse.apps.reference.selectors import code_book, encoder
    from charthouse.engines.encoder import Encoder

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        withheld = frozenset(_terms(without)) if without else frozenset()
    except (OSError, UnicodeDecodeError) as error:
        say(f"{path} cannot be read: {error}")
        return 2
    search = Encoder(code_book(), without_terms=withheld) if withheld else encoder()
    status = 0
    for number, line in enumerate(lines, 1):
        query = _query(line)
        if query is None:
            if line.strip():
                say(f'{path.name}, line {number}: not a query like {{"id": "1", "q": "copd"}}')
                status = 1
            continue
        print_json({"id": query["id"], "codes": search.best_codes(query["q"], on, _BATCH_LIMIT)})
    return status


def _query(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    is_query = isinstance(found, dict) and "id" in found and isinstance(found.get("q"), str)
    return found if is_query else None


def _terms(path: Path) -> Iterator[tuple[str, str]]:
    """(dotless code, inclusion term) of each line; lines of another shape withhold nothing and are said."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            codes = row.get("gold", row.get("code", []))
            term = " ".join(str(row.get("raw") or row["term"]).split())
        except (ValueError, KeyError, AttributeError):
            print(f"{path.name}, line {number}: no term to withhold", file=sys.stderr)
            continue
        for code in [codes] if isinstance(codes, str) else codes:
            yield str(code).replace(".", ""), term
