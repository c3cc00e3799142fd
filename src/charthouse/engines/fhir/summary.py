"""One readable summary for each encounter, compiled from its coded resources and titled so."""

from __future__ import annotations

from collections.abc import Iterable

from charthouse.engines.fhir.access import items, label
from charthouse.engines.fhir.bundle import Bundle, Entry
from charthouse.kit import ChartDocument, ChartEncounter, ChartFact, ChartSection, FactKind

TITLE = "Encounter summary (compiled from structured data)"
_NOTICE = (
    "Compiled by Charthouse from coded entries that the sending system recorded. "
    "No clinician wrote or signed this text."
)
_SECTIONS = (
    ("Conditions", FactKind.PROBLEM),
    ("Procedures", FactKind.PROCEDURE),
    ("Vital signs", FactKind.VITAL_SIGN),
    ("Results", FactKind.RESULT),
    ("Medications", FactKind.MEDICATION),
    ("Immunizations", FactKind.IMMUNIZATION),
    ("Allergies", FactKind.ALLERGY),
)


def compile_summary(
    entry: Entry, encounter: ChartEncounter, facts: Iterable[ChartFact], reports: list[str], bundle: Bundle
) -> ChartDocument:
    """The summary of one encounter out of the facts and reports that refer to it."""
    own = list(facts)
    sections = [ChartSection("About this document", _NOTICE), ChartSection("Encounter", _about(encounter))]
    if reason := _reason(entry, bundle):
        sections.append(ChartSection("Reason for visit", reason))
    for title, kind in _SECTIONS:
        lines = [_line(fact, encounter) for fact in own if fact.kind is kind]
        if lines:
            sections.append(ChartSection(title, "\n".join(lines)))
    if reports:
        sections.append(ChartSection("Reports", "\n".join(reports)))
    return ChartDocument(
        key=f"{encounter.key}#summary",
        title=TITLE,
        kind="encounter-summary",
        sections=tuple(sections),
        encounter_key=encounter.key,
        author="Charthouse intake",
        written_at=encounter.dates.end if encounter.dates else None,
    )


def _about(encounter: ChartEncounter) -> str:
    dates = encounter.dates
    span = "" if dates is None else str(dates.start) if dates.is_single_day else f"{dates.start} to {dates.end}"
    rows = (
        ("Type", encounter.title),
        ("Setting", encounter.kind.value),
        ("Dates", span),
        ("Facility", encounter.facility_name),
        ("Provider", encounter.provider_name),
        ("Disposition", encounter.disposition),
    )
    return "\n".join(f"{name}\t{value}" for name, value in rows if value)


def _reason(entry: Entry, bundle: Bundle) -> str:
    resource = entry.resource
    reasons = [label(one) for one in items(resource, "reasonCode")]
    reasons += [bundle.name(reference, resource) for reference in items(resource, "reasonReference")]
    return "\n".join(dict.fromkeys(reason for reason in reasons if reason))


def _line(fact: ChartFact, encounter: ChartEncounter) -> str:
    """Name, value, status and day, by tabs; the day only where it is not the encounter's own."""
    within = encounter.dates is not None and fact.on is not None and encounter.dates.start <= fact.on
    same_day = within and encounter.dates is not None and fact.on is not None and fact.on <= encounter.dates.end
    usual = fact.status in ("final", "completed")
    cells = (fact.label, fact.value, "" if usual else fact.status, "" if same_day or not fact.on else str(fact.on))
    return "\t".join(cell for cell in cells if cell)
