"""The small tables kept as CSV beside this module, every label in our own words: see data/SOURCE.md."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from charthouse.engines.codesets.entries import HcpcsEntry, TableRow
from charthouse.kit import Code, CodeSystem

_DATA = Path(__file__).parent / "data"
# Name: file, column of the value, column that groups.
_SMALL = {
    "modifiers": ("modifiers.csv", "modifier", "group"),
    "place-of-service": ("place_of_service.csv", "place", "setting"),
    "type-of-bill": ("type_of_bill.csv", "bill", "group"),
    "bill-frequency": ("bill_frequency.csv", "frequency", "group"),
    "discharge-status": ("discharge_status.csv", "status", "group"),
    "poa": ("poa.csv", "indicator", "group"),
}
SMALL_TABLES = tuple(_SMALL)


def read_hcpcs_demo() -> dict[str, HcpcsEntry]:
    """The HCPCS Level II demo codes by value."""
    entries = {}
    for row in _rows("hcpcs_demo/hcpcs_demo.csv"):
        end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        start = date.fromisoformat(row["valid_from"])
        entries[row["code"]] = HcpcsEntry(Code(CodeSystem.HCPCS, row["code"]), row["label"], row["unit"], start, end)
    return entries


@cache
def read_small(name: str) -> Mapping[str, TableRow]:
    """A small table by value; raise KeyError for one that there is not."""
    file, value, group = _SMALL[name]
    return {row[value]: TableRow(row[value], row["label"], row[group]) for row in _rows(file)}


def read_modifiers() -> Mapping[str, TableRow]:
    """Procedure modifiers by value."""
    return read_small("modifiers")


def read_places_of_service() -> Mapping[str, TableRow]:
    """Places of service by two-digit value."""
    return read_small("place-of-service")


@cache
def read_pcs_axes() -> Mapping[str, str]:
    """What axis values of ICD-10-PCS mean: `1:0` is section 0, `3:0:B` operation B of it, `5:0:4` an approach."""
    return {row["key"]: row["label"] for row in _rows("pcs_axes.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
