"""The small tables kept as CSV beside this module: HCPCS demo codes, modifiers, places of service."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from charthouse.engines.codesets.entries import HcpcsEntry, TableRow
from charthouse.kit import Code, CodeSystem

_DATA = Path(__file__).parent / "data"


def read_hcpcs_demo() -> dict[str, HcpcsEntry]:
    """The HCPCS Level II demo codes by value."""
    entries = {}
    for row in _rows("hcpcs_demo/hcpcs_demo.csv"):
        end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        start = date.fromisoformat(row["valid_from"])
        entries[row["code"]] = HcpcsEntry(Code(CodeSystem.HCPCS, row["code"]), row["label"], row["unit"], start, end)
    return entries


def read_modifiers() -> dict[str, TableRow]:
    """Procedure modifiers by value."""
    return {row["modifier"]: TableRow(row["modifier"], row["label"], row["group"]) for row in _rows("modifiers.csv")}


def read_places_of_service() -> dict[str, TableRow]:
    """Places of service by two-digit value."""
    return {row["place"]: TableRow(row["place"], row["label"], row["setting"]) for row in _rows("place_of_service.csv")}


@cache
def read_pcs_axes() -> Mapping[str, str]:
    """What axis values of ICD-10-PCS mean: `1:0` is section 0, `3:0:B` operation B of it, `5:0:4` an approach."""
    return {row["key"]: row["label"] for row in _rows("pcs_axes.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
