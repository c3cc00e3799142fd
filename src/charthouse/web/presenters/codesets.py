"""What is loaded and what is not, in words; what became of a load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.selectors import loaded_sets
from charthouse.engines.codesets.loaded_sets import IN_FORCE, MISSING, WITHDRAWN, LoadedSet

# What a table is called, and the official file that fills it.
_NAMES = {
    "icd-10-cm-tabular": ("ICD-10-CM tabular list", "icd10cm_tabular_2027.xml"),
    "icd-10-cm-codes": ("ICD-10-CM codes", "icd10cm_order_2027.txt"),
    "icd-10-cm validity": ("ICD-10-CM first and last days", ""),
    "icd-10-cm-index": ("Alphabetic Index", "icd10cm_index_2027.xml"),
    "icd-10-cm-neoplasm": ("Neoplasm table", "icd10cm_neoplasm_2027.xml"),
    "icd-10-cm-drug": ("Drug table", "icd10cm_drug_2027.xml"),
    "icd-10-cm-external-cause": ("Index of external causes", "icd10cm_eindex_2027.xml"),
    "icd-10-pcs-codes": ("ICD-10-PCS codes", "icd10pcs_order_2027.txt"),
    "icd-10-pcs-tables": ("ICD-10-PCS tables", "icd10pcs_tables_2027.xml"),
    "icd-10-pcs validity": ("ICD-10-PCS first and last days", ""),
    "icd-10-pcs titles": ("ICD-10-PCS titles", ""),
    "cc-mcc": ("CC and MCC marks", ""),
    "hcc": ("HCC marks", ""),
    "ccsr": ("CCSR categories", ""),
    "hcpcs": ("HCPCS Level II", "october-2026-alpha-numeric-hcpcs-file.zip"),
    "cpt": ("CPT", "the AMA data files, under your licence"),
    "ncci-ptp-practitioner": ("NCCI pairs, practitioner", "ccipra-v323r0-f1.txt to f4"),
    "ncci-ptp-hospital": ("NCCI pairs, outpatient hospital", "ccioph-v323r0-f1.txt to f4"),
    "ncci-mue-practitioner": ("MUE, practitioner", "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv"),
    "ncci-mue-hospital": ("MUE, outpatient hospital", "MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.csv"),
    "ncci-mue-dme": ("MUE, DME supplier", "MCR_MUE_DMESupplierServices_Eff_10-01-2026.csv"),
    "ncci-add-on": ("Add-on codes", "AOC_V2026Q4-MCR.txt"),
    "pfs-rvu": ("Physician fee schedule values", "PPRRVU2026_Oct_nonQPP.csv, in rvu26d.zip"),
    "pfs-rvu-qpp": ("Physician fee schedule values, QPP", "PPRRVU2026_Oct_QPP.csv, in rvu26d.zip"),
    "pfs-gpci": ("Geographic indices", "GPCI2026.csv, in rvu26d.zip"),
    "pfs-anesthesia": ("Anesthesia conversion factors", "ANES2026.csv, in rvu26d.zip"),
    "pfs-localities": ("Localities by county", "26LOCCO.csv, in rvu26d.zip"),
    "opps-addendum-b": ("OPPS Addendum B", "Addendum B as csv"),
    "ipps-table-5": ("MS-DRG weights", "fy2027-ipps-fr-table-5.zip"),
    "mcd-articles": ("Coverage articles", "current_article_csv.zip"),
    "nucc-taxonomy": ("Provider taxonomy", "nucc_taxonomy_261.csv"),
    "nppes": ("Provider registry", "npidata_pfile, cut to your providers, at the terminal"),
    "gem-icd9-to-icd10": ("ICD-9-CM to ICD-10-CM", "2018_I9gem.txt"),
    "gem-icd10-to-icd9": ("ICD-10-CM to ICD-9-CM", "2018_I10gem.txt"),
}
_TONES = {IN_FORCE: "ok", MISSING: "warn"}


@dataclass(frozen=True, slots=True)
class SetRow:
    """A table as the page shows it. `fills` is the official file that would fill an empty one."""

    name: str
    about: LoadedSet
    tone: str
    fills: str
    rows: str
    can_withdraw: bool
    can_restore: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a refused file: where, which rule, what was there, and the way to mend it."""

    file: str
    place: str
    rule: str
    value: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one file: its releases with rows and canaries, or its faults."""

    name: str
    outcome: str
    tone: str
    releases: tuple[dict[str, Any], ...]
    left: tuple[str, ...]
    faults: tuple[Fault, ...]


def set_rows(on: date) -> tuple[list[SetRow], list[SetRow]]:
    """What there is, and what is missing."""
    rows = [_set_row(one) for one in loaded_sets(on)]
    return [row for row in rows if row.tone != "warn"], [row for row in rows if row.tone == "warn"]


def file_rows(load: CodeLoad) -> list[FileRow]:
    """What became of each file of a load so far."""
    return [_file_row(one) for one in load.report]


def percent(load: CodeLoad) -> int | None:
    """How far the file being read is; None where its size is not known."""
    size, done = load.progress.get("size", 0), load.progress.get("done", 0)
    return min(100, 100 * done // size) if size > 0 else None


def fault_lines(load: CodeLoad) -> Iterator[tuple[str, ...]]:
    """Every fault as a line of a table."""
    for row in file_rows(load):
        for one in row.faults:
            yield one.file, one.place, one.rule, one.value, one.message, one.mend


def _set_row(one: LoadedSet) -> SetRow:
    name, fills = _NAMES.get(one.table, (one.table, ""))
    is_out = one.standing == WITHDRAWN
    tone = _TONES.get(one.standing, "quiet")
    rows = f"{one.rows:,}" if one.rows else ""
    return SetRow(name, one, tone, fills, rows, can_withdraw=bool(one.uid) and not is_out, can_restore=is_out)


def _file_row(report: dict[str, Any]) -> FileRow:
    name, outcome = str(report["file"]), str(report["outcome"])
    releases = []
    for one in report["releases"]:
        label = _NAMES.get(one["table"], (one["table"], ""))[0]
        total = f"{sum(one['rows'].values()):,}"
        missed = [canary for canary in one["canaries"] if canary["expected"] != canary["found"]]
        days = {name: date.fromisoformat(one[name]) if one[name] else None for name in ("starts", "ends")}
        releases.append({**one, **days, "name": label, "total": total, "missed": missed})
    faults = tuple(
        Fault(name, one["place"], one["rule"], str(one.get("value", "")), one["message"], one["mend"])
        for one in report["refusals"]
    )
    tone = {"loaded": "ok", "refused": "danger"}.get(outcome, "quiet")
    return FileRow(name, outcome, tone, tuple(releases), tuple(report["left"]), faults)
