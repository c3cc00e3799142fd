"""CMS hierarchical condition categories (HCC) by payment year: the year after the one of service."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from charthouse.engines.codesets.package_files import hcc_labels_path, hcc_path
from charthouse.kit import Refused

# Models as the mapping names them, and as the labels do (domain, version).
MODELS = {
    "CMS-HCC Model V28": ("V28", "CMS-HCC", "V28"),
    "CMS-HCC Model V24": ("V24", "CMS-HCC", "V24"),
    "RxHCC Model V08": ("RxHCC V08", "RxHCC", "R08"),
}


@dataclass(frozen=True, slots=True)
class Hcc:
    """A category of one risk model: `V28`, `37`, and what it is called (empty: the package does not say)."""

    model: str
    category: str
    label: str


@cache
def read_hccs(payment_year: int) -> Mapping[str, tuple[Hcc, ...]] | None:
    """HCCs by dotless code for a payment year, None where no package has that year."""
    try:
        path = hcc_path(payment_year)
    except Refused:
        return None
    labels = _labels()
    categories: dict[tuple[str, str], Hcc] = {}
    found: dict[str, list[Hcc]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            model, category = row["model_name"], row["cc"]
            if model in MODELS:
                one = categories.setdefault((model, category), _hcc(model, category, labels))
                found[row["diagnosis_code"]].append(one)
    order = list(MODELS)
    names = [MODELS[model][0] for model in order]
    return {code: tuple(sorted(several, key=lambda one: names.index(one.model))) for code, several in found.items()}


def _hcc(model: str, category: str, labels: Mapping[tuple[str, str, str], str]) -> Hcc:
    name, domain, version = MODELS[model]
    return Hcc(name, category, labels.get((domain, version, category), ""))


def _labels() -> dict[tuple[str, str, str], str]:
    with hcc_labels_path().open(encoding="utf-8", newline="") as file:
        return {
            (row["model_domain"], row["model_version"], row["cc"].upper().removeprefix("RX").removeprefix("HCC")): row[
                "label"
            ]
            for row in csv.DictReader(file)
        }
