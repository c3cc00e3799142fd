"""From the bytes of a C-CDA document to a chart."""

from __future__ import annotations

from dataclasses import replace

from charthouse.engines.cda.document import all_sections, note_header_parts_left, read_document
from charthouse.engines.cda.encounter import read_encounter
from charthouse.engines.cda.entries import read_facts
from charthouse.engines.cda.events import read_service_events
from charthouse.engines.cda.narrative import Narrative
from charthouse.engines.cda.patient import read_patient
from charthouse.engines.cda.payers import PAYERS_SECTION, read_coverages
from charthouse.engines.cda.skips import Skips
from charthouse.engines.cda.values import HL7, attribute, find, local_name
from charthouse.engines.cda.xml import Element, safe_parse
from charthouse.kit import Chart, ChartEncounter, ChartFact, Refusal, Refused


def read(data: bytes, source_name: str) -> Chart:
    """Read one C-CDA document; Refused when it is not one, names no patient, or is unsafe or malformed."""
    document = safe_parse(data, source_name)
    _check_root(document, source_name)
    skips = Skips()
    narrative, sections = Narrative(document), all_sections(document)
    patient = read_patient(document, source_name, skips)
    encounter = read_encounter(document, skips)
    coverages = read_coverages([one.element for one in sections], narrative, skips)
    facts = read_service_events(document, narrative, encounter.key)
    for section in sections:
        if attribute(find(section.element, "code"), "code") != PAYERS_SECTION:
            facts.extend(read_facts(section.element, narrative, skips, encounter.key))
    read_one = read_document(document, sections, encounter.key, skips)
    note_header_parts_left(document, skips)
    return Chart(
        source_name=source_name,
        source_format="cda",
        patient=patient,
        coverages=coverages,
        encounters=(encounter,),
        documents=(read_one,),
        facts=tuple(_placed(fact, encounter) for fact in facts),
        skipped=skips.entries(),
    )


def _check_root(root: Element, source_name: str) -> None:
    if root.tag != f"{{{HL7}}}ClinicalDocument":
        message = f"The root element is {local_name(root)[:40]}, not an HL7 v3 ClinicalDocument."
        raise Refused(Refusal(source_name, "1:1", "cda.not-a-clinical-document", message, "Send a C-CDA document."))


def _placed(fact: ChartFact, encounter: ChartEncounter) -> ChartFact:
    """A fact dated within the encounter is of the encounter."""
    dates = encounter.dates
    if fact.encounter_key or fact.on is None or dates is None or not dates.start <= fact.on <= dates.end:
        return fact
    return replace(fact, encounter_key=encounter.key)
