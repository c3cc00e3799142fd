"""Procedures that the header says the document is about: documentationOf/serviceEvent."""

from __future__ import annotations

from charthouse.engines.cda.codes import codes_of, label_of
from charthouse.engines.cda.narrative import Narrative
from charthouse.engines.cda.values import attribute, find, find_all, span_of
from charthouse.engines.cda.xml import Element
from charthouse.kit import ChartFact, CodeSystem, FactKind

_PROCEDURE_SYSTEMS = {CodeSystem.CPT, CodeSystem.HCPCS, CodeSystem.ICD10PCS}
_PROCEDURE_DOCUMENTS = {"11504-8", "28570-0"}  # operative note, procedure note (LOINC)


def read_service_events(document: Element, narrative: Narrative, encounter_key: str) -> list[ChartFact]:
    """Service events coded as procedures; in other documents a service event may carry a diagnosis."""
    about_procedure = attribute(find(document, "code"), "code") in _PROCEDURE_DOCUMENTS
    facts = []
    for event in find_all(document, "documentationOf/serviceEvent"):
        codes = codes_of(find(event, "code"))
        if codes and (about_procedure or any(code.system in _PROCEDURE_SYSTEMS for code in codes)):
            day, _ = span_of(find(event, "effectiveTime"))
            label = label_of(find(event, "code"), narrative) or codes[0].display
            facts.append(ChartFact(FactKind.PROCEDURE, label, codes, "", day, "completed", encounter_key))
    return facts
