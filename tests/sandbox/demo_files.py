"""Reads the demo practice with a small reader of its own, so that its files are judged apart from the product."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

PRACTICE = Path(str(files("charthouse.sandbox.practice")))
GOLD = Path(__file__).parent / "gold"
CODE_LIKE = re.compile(r"\b\d{4}[0-9A-Z]\b")


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One document of a chart: its heading fields and its lines."""

    title: str
    kind: str
    author: str
    written_at: datetime
    is_signed: bool
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def word_count(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class DemoChart:
    """One chart file: header fields and documents."""

    stem: str
    header: dict[str, str]
    documents: tuple[DemoDocument, ...]

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.header["Date"].split(" to ")[0])

    @property
    def last_day(self) -> date:
        return date.fromisoformat(self.header["Date"].split(" to ")[-1])

    @property
    def main_note(self) -> DemoDocument:
        return max(self.documents, key=lambda document: document.word_count)

    @property
    def text(self) -> str:
        return "\n".join(document.text for document in self.documents)

    @property
    def signed_text(self) -> str:
        return "\n".join(document.text for document in self.documents if document.is_signed)


def _document(block: str) -> DemoDocument:
    heading, *lines = block.strip("\n").split("\n")
    title, kind, author, written_at, signed = (part.strip() for part in heading.split("|"))
    assert signed in ("signed", "unsigned"), heading
    return DemoDocument(title, kind, author, datetime.fromisoformat(written_at), signed == "signed", tuple(lines))


def read_chart(path: Path) -> DemoChart:
    """Read one chart file."""
    head, body = path.read_text("utf-8").split("\n\n", 1)
    header = dict(line.split(": ", 1) for line in head.split("\n"))
    blocks = re.split(r"^=== ", body, flags=re.MULTILINE)
    assert not blocks[0].strip(), f"{path.name}: text before the first document"
    return DemoChart(path.stem, header, tuple(_document(block) for block in blocks[1:]))


@cache
def charts() -> tuple[DemoChart, ...]:
    """All demo charts, by file name."""
    return tuple(read_chart(path) for path in sorted((PRACTICE / "charts").glob("*.txt")))


@cache
def chart(stem: str) -> DemoChart:
    """The demo chart of this file name."""
    return next(one for one in charts() if one.stem == stem)


@cache
def gold() -> tuple[dict[str, Any], ...]:
    """The gold codes of every chart."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json")))


@cache
def practice() -> dict[str, Any]:
    """The practice data."""
    found: dict[str, Any] = json.loads((PRACTICE / "practice.json").read_text("utf-8"))
    return found


def has_npi_check_digit(npi: str) -> bool:
    """Luhn over the number with its prefix 80840; US NPIs start with 1 or 2."""
    if not re.fullmatch(r"[12]\d{9}", npi):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed("80840" + npi))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
