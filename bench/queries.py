"""Search queries with the codes they should find: from the sample folder, or a few of our own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(os.environ.get("CHARTHOUSE_SAMPLES", Path(__file__).parents[2] / "shared" / "data"))
FOLDER = _ROOT / "search"
_OWN = (
    ("type 2 diabetes with chronic kidney disease", "E11.22"),
    ("copd with acute exacerbation", "J44.1"),
    ("essential hypertension", "I10"),
    ("low back pain", "M54.50"),
    ("acute cystitis with hematuria", "N30.01"),
    ("nausea with vomiting", "R11.2"),
    ("hypokalemia", "E87.6"),
    ("screening colonoscopy", "Z12.11"),
    ("plantar fasciitis", "M72.2"),
    ("pneumonia", "J18.9"),
    ("E11.2", "E11.22"),
    ("atrial fibrilation persistent", "I48.19"),
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, the codes (dotted) that answer it, the stems of codes that do, and the text it was taken from."""

    text: str
    gold: frozenset[str]
    stems: tuple[str, ...] = ()
    raw: str = ""

    def place(self, codes: Iterable[str]) -> int | None:
        """Place of the first answer in a ranked list, from 1."""
        for place, code in enumerate(codes, 1):
            if code in self.gold or (self.stems and code.startswith(self.stems)):
                return place
        return None


def load_sets() -> dict[str, list[Query]]:
    """Query sets by name; our own short one where the sample folder is absent."""
    files = sorted(FOLDER.glob("queries_*.dev.jsonl"))
    sets = {file.name.removeprefix("queries_").split(".")[0]: _read(file) for file in files}
    return sets or {"own": [Query(text, frozenset([code])) for text, code in _OWN]}


def _read(file: Path) -> list[Query]:
    return [_query(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _query(row: dict[str, Any]) -> Query:
    stems = tuple(part.strip("* ") for part in row.get("gold_spec", "").split(",") if "*" in part)
    return Query(row["q"], frozenset(row["gold"]), stems, " ".join(row.get("raw", "").split()))


def tested_terms(queries: Iterable[Query]) -> frozenset[tuple[str, str]]:
    """Dotless code and inclusion term of each query that is an inclusion term: no index may hold what it is asked."""
    return frozenset((code.replace(".", ""), query.raw) for query in queries for code in query.gold if query.raw)
