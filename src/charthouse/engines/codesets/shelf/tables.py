"""Which tables a shelf can hold, and how the rows of one are laid out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Table(StrEnum):
    """The official tables Charthouse reads. Each has releases; a day is answered by one of them."""

    ICD10CM_TABULAR = "icd-10-cm-tabular"
    ICD10CM_CODES = "icd-10-cm-codes"
    ICD10CM_INDEX = "icd-10-cm-index"
    ICD10CM_NEOPLASM = "icd-10-cm-neoplasm"
    ICD10CM_DRUG = "icd-10-cm-drug"
    ICD10CM_EXTERNAL_CAUSE = "icd-10-cm-external-cause"
    ICD10PCS_CODES = "icd-10-pcs-codes"
    ICD10PCS_TABLES = "icd-10-pcs-tables"
    HCPCS = "hcpcs"
    CPT = "cpt"
    PTP_PRACTITIONER = "ncci-ptp-practitioner"
    PTP_HOSPITAL = "ncci-ptp-hospital"
    MUE_PRACTITIONER = "ncci-mue-practitioner"
    MUE_HOSPITAL = "ncci-mue-hospital"
    MUE_DME = "ncci-mue-dme"
    ADD_ON = "ncci-add-on"
    RVU = "pfs-rvu"
    RVU_QPP = "pfs-rvu-qpp"
    GPCI = "pfs-gpci"
    ANESTHESIA = "pfs-anesthesia"
    LOCALITIES = "pfs-localities"
    OPPS = "opps-addendum-b"
    DRG_WEIGHTS = "ipps-table-5"
    COVERAGE = "mcd-articles"
    TAXONOMY = "nucc-taxonomy"
    NPPES = "nppes"
    GEM_FORWARD = "gem-icd9-to-icd10"
    GEM_BACKWARD = "gem-icd10-to-icd9"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One set of rows in a volume. `columns` are SQLite column definitions (`code TEXT`), in the order of the rows.

    `key` names the primary key columns; empty keeps rows in the order of the file.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.split()[0] for column in self.columns)
