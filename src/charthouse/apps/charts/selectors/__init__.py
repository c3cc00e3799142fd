"""Reading charts. `open_chart` is the only way to a chart; every way in asks the policy and the gate."""

from charthouse.apps.charts.selectors.access import readable_encounter
from charthouse.apps.charts.selectors.find import Match, find_in_chart
from charthouse.apps.charts.selectors.headers import PatientHeader, patient_header, patient_headers
from charthouse.apps.charts.selectors.opening import Attachment, open_attachment, open_chart
from charthouse.apps.charts.selectors.reading import OpenChart, OpenDocument, OpenFact, OpenSection
from charthouse.apps.charts.selectors.text import is_codable, readable_document, section_text

__all__ = [
    "Attachment",
    "Match",
    "OpenChart",
    "OpenDocument",
    "OpenFact",
    "OpenSection",
    "PatientHeader",
    "find_in_chart",
    "is_codable",
    "open_attachment",
    "open_chart",
    "patient_header",
    "patient_headers",
    "readable_document",
    "readable_encounter",
    "section_text",
]
