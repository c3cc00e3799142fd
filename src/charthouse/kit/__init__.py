"""The shared vocabulary: money, codes, dates of service, findings and charts. Standard library only."""

from charthouse.kit.chart import (
    Chart,
    ChartCoverage,
    ChartDocument,
    ChartEncounter,
    ChartFact,
    ChartPatient,
    ChartSection,
    EncounterKind,
    FactKind,
    Sex,
    Skipped,
)
from charthouse.kit.code import Code, CodeSystem
from charthouse.kit.dates import ServiceDates, parse_yyyymmdd
from charthouse.kit.finding import Finding, Mend, Severity
from charthouse.kit.money import Money, MoneyError
from charthouse.kit.refusal import Refusal, Refused

__all__ = [
    "Chart",
    "ChartCoverage",
    "ChartDocument",
    "ChartEncounter",
    "ChartFact",
    "ChartPatient",
    "ChartSection",
    "Code",
    "CodeSystem",
    "EncounterKind",
    "FactKind",
    "Finding",
    "Mend",
    "Money",
    "MoneyError",
    "Refusal",
    "Refused",
    "ServiceDates",
    "Severity",
    "Sex",
    "Skipped",
    "parse_yyyymmdd",
]
