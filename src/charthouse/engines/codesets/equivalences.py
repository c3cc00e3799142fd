"""The general equivalence mappings between ICD-9-CM and ICD-10-CM, both ways (CMS, 2018, their last year)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from charthouse.engines.codesets.package_files import gem_path
from charthouse.kit import Code


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A code of the other system. `scenario` and `choice` say which ones have to be taken together (0 stands alone)."""

    code: str
    is_icd10: bool
    is_approximate: bool
    is_combination: bool
    scenario: int
    choice: int

    @property
    def display(self) -> str:
        """The code with its dot."""
        if self.is_icd10:
            return Code.icd10cm(self.code).display
        stem = 4 if self.code[:1] == "E" else 3
        return f"{self.code[:stem]}.{self.code[stem:]}" if len(self.code) > stem else self.code


def older(code: str) -> tuple[Equivalent, ...]:
    """ICD-9-CM codes for a dotless ICD-10-CM code; none where the mappings have none."""
    return _table("icd10cmtoicd9gem.csv", "icd10cm", "icd9cm").get(code, ())


def newer(code: str) -> tuple[Equivalent, ...]:
    """ICD-10-CM codes for a dotless ICD-9-CM code."""
    return _table("icd9toicd10cmgem.csv", "icd9cm", "icd10cm").get(code, ())


@cache
def _table(name: str, source: str, target: str) -> Mapping[str, tuple[Equivalent, ...]]:
    found: dict[str, list[Equivalent]] = defaultdict(list)
    with gem_path(name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["no_map"] == "0":
                found[row[source]].append(
                    Equivalent(
                        row[target],
                        target == "icd10cm",
                        row["approximate"] == "1",
                        row["combination"] == "1",
                        int(row["scenario"]),
                        int(row["choice_list"]),
                    )
                )
    return {code: tuple(targets) for code, targets in found.items()}
