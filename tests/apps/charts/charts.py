"""A small chart as intake would read it. Everyone in it is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from charthouse.kit import (
    Chart,
    ChartCoverage,
    ChartDocument,
    ChartEncounter,
    ChartFact,
    ChartPatient,
    ChartSection,
    Code,
    EncounterKind,
    FactKind,
    ServiceDates,
    Sex,
)

PATIENT = ChartPatient("004-418-27", "harbor", "Okafor", "Maren", "T", date(1959, 3, 4), Sex.FEMALE, "3 Test Way")
VISIT = ChartEncounter(
    "V-1",
    EncounterKind.VISIT,
    ServiceDates.on(date(2026, 11, 18)),
    "Office visit",
    facility_name="Test Clinic",
    provider_name="Lena Varga",
)
NOTE = ChartDocument(
    "D-1", "Progress note", "progress-note", (ChartSection("Assessment", "Type 2 diabetes."),), "V-1", is_signed=True
)
COVERAGE = ChartCoverage("Bluewater Mutual", "BW123", "BW001")
DIABETES = ChartFact(
    FactKind.PROBLEM, "Type 2 diabetes", (Code.icd10cm("E11.9"),), "", date(2020, 5, 1), "active", "V-1"
)


def chart(**changes: Any) -> Chart:
    """One patient, one coverage, one encounter, one document, one fact; any of them can be replaced."""
    made = Chart("visit.txt", "plaintext", PATIENT, (COVERAGE,), (VISIT,), (NOTE,), (DIABETES,))
    return replace(made, **changes)
