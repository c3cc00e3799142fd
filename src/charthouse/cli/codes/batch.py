"""`charthouse codes find --batch`: a file of queries, one JSON line each, answered in order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from charthouse.cli.codes.common import print_json
from charthouse.cli.setup import say

_LIMIT = 10


def answer(path: Path, on: date, without: Path | None) -> int:
    """Print the ten best billable ICD-10-CM codes of each query.

    A line that is no query is said and left, and the status is 1; it is 2 when a file cannot be read.
    """
    from charthouse.apps.reference.opened import code_book, encoder
    from charthouse.engines.encoder import Encoder

    status = 0
    try:
        withheld = frozenset(_terms(without)) if without else frozenset()
        search = Encoder(code_book(), without_terms=withheld) if without else encoder()
        for number, row in _rows(path):
            if not _is_query(row):
                say(f'{path.name}, line {number}: not a query like {{"id": "1", "q": "copd"}}')
                status = 1
            else:
                print_json({"id": row["id"], "codes": search.best_codes(row["q"], on, _LIMIT)})
    except OSError as error:
        if error.filename is None:  # whoever reads the answers is gone, say
            raise
        say(f"{error.filename} cannot be read: {error.strerror}")
        return 2
    return status


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    """The JSON of each line that is not blank, with its number; None where there is none."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield number, _json(line)


def _json(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _is_query(row: Any) -> bool:
    return isinstance(row, dict) and "id" in row and isinstance(row.get("q"), str)


def _terms(path: Path) -> Iterator[tuple[str, str]]:
    """(dotless code, inclusion term) of each line; lines of another shape withhold nothing and are said."""
    for number, found in _rows(path):
        row = found if isinstance(found, dict) else {}
        codes, term = row.get("gold", row.get("code")), row.get("raw") or row.get("term")
        codes = [codes] if isinstance(codes, str) else codes
        if not isinstance(term, str) or not isinstance(codes, list) or not codes:
            say(f"{path.name}, line {number}: no term to withhold")
            continue
        yield from ((str(code).replace(".", ""), " ".join(term.split())) for code in codes)
