"""Every real sample is read: who it is about, what there is to read, and how many facts of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from charthouse.engines.cda import read
from charthouse.kit import Chart, EncounterKind, FactKind
from tests.samples import sample_files, samples_or_skip

FILES = sample_files("charts/ccda", "*.xml")


@dataclass(frozen=True)
class Expected:
    family: str
    mrn: str  # empty: the file gives no record number that may be kept, one is made
    kind: EncounterKind
    sections: int
    facts: dict[FactKind, int] = field(default_factory=dict)


CHECKED = {
    "CCD_1": Expected("Betterhalf", "", EncounterKind.VISIT, 15, {FactKind.PROBLEM: 5, FactKind.IMMUNIZATION: 5}),
    "CCD_2": Expected("Jones", "98765432", EncounterKind.VISIT, 7, {FactKind.VITAL_SIGN: 9, FactKind.PROBLEM: 0}),
    "Care_Plan": Expected("Betterhalf", "", EncounterKind.INPATIENT, 4),
    "Consultation_Note": Expected("Betterhalf", "", EncounterKind.VISIT, 13, {FactKind.MEDICATION: 2}),
    "Diagnostic_Imaging_Report": Expected("Everyman", "12345", EncounterKind.OTHER, 4, {FactKind.PROCEDURE: 1}),
    "Discharge_Summary": Expected("Jones", "998991", EncounterKind.INPATIENT, 21, {FactKind.PROBLEM: 4}),
    "History_and_Physical": Expected("Jones", "998991", EncounterKind.VISIT, 17, {FactKind.ALLERGY: 3}),
    "Operative_Note": Expected("Jones", "998991", EncounterKind.OUTPATIENT_SURGERY, 16, {FactKind.PROCEDURE: 1}),
    "Procedure_Note": Expected("Jones", "998991", EncounterKind.OUTPATIENT_SURGERY, 16, {FactKind.PROBLEM: 5}),
    "Progress_Note": Expected("Everyman", "12345", EncounterKind.VISIT, 12, {FactKind.RESULT: 6}),
    "Referral_Note": Expected("Betterhalf", "", EncounterKind.VISIT, 19, {FactKind.VITAL_SIGN: 8}),
    "Transfer_Summary": Expected("Betterhalf", "", EncounterKind.INPATIENT, 27, {FactKind.IMMUNIZATION: 5}),
    "Unstructured_Document_embedded_PDF": Expected("Levin", "", EncounterKind.INPATIENT, 0),
    "cerner_transition_of_care": Expected("Williamson", "106", EncounterKind.INPATIENT, 12, {FactKind.MEDICATION: 4}),
    "greenway_clinical_visit_summary": Expected("Export5", "26775", EncounterKind.VISIT, 14, {FactKind.PROBLEM: 4}),
    "kareo_summary_of_care": Expected("DEMO", "28366080", EncounterKind.VISIT, 14, {FactKind.MEDICATION: 3}),
    "mtuitive_opnote_breast_surgery": Expected(
        "Fault", "1", EncounterKind.OUTPATIENT_SURGERY, 31, {FactKind.PROBLEM: 2}
    ),
    "nist_ccd_b1_inpatient": Expected("Jones", "1", EncounterKind.VISIT, 12, {FactKind.ALLERGY: 3}),
    "practicefusion_referral_summary": Expected(
        "Everyman", "DCD2261B-FB04-4FDF-A7E3-003B1E6FD57B", EncounterKind.VISIT, 14, {FactKind.ALLERGY: 2}
    ),
}


def read_sample(name: str) -> Chart:
    path = next(samples_or_skip("charts/ccda").rglob(f"{name}.xml"))
    return read(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_is_read_as_checked_by_hand(path: Path) -> None:
    expected, chart = CHECKED[path.stem], read_sample(path.stem)
    document = chart.documents[0]
    counts = Counter(fact.kind for fact in chart.facts)
    assert chart.patient.family_name == expected.family
    assert chart.patient.mrn == expected.mrn or (not expected.mrn and chart.patient.mrn.startswith("DOC-"))
    assert chart.encounters[0].kind is expected.kind
    assert chart.encounters[0].dates is not None
    assert len(document.sections) == expected.sections
    assert {kind: counts[kind] for kind in expected.facts} == expected.facts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_has_text_or_a_pdf_to_read(path: Path) -> None:
    document = read_sample(path.stem).documents[0]
    letters = sum(len(section.text) for section in document.sections)
    assert letters > 500 or (document.attachment or b"").startswith(b"%PDF-")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sample_keeps_a_social_security_number(path: Path) -> None:
    chart = read_sample(path.stem)
    assert chart.patient.mrn not in ("444222222", "444-22-2222", "111-00-2330", "12345679", "123-101-5230")
    assert chart.patient.mrn_authority != "2.16.840.1.113883.4.1"


def test_discharge_summary_is_of_the_whole_stay_and_signed() -> None:
    chart = read_sample("Discharge_Summary")
    dates = chart.encounters[0].dates
    assert dates is not None
    assert (str(dates.start), str(dates.end)) == ("2014-09-09", "2014-09-16")
    assert chart.encounters[0].disposition == "Routine Discharge"
    assert chart.documents[0].is_signed
    assert chart.documents[0].author == "Henry Seven"


def test_nested_sections_carry_the_titles_around_them() -> None:
    titles = [section.title for section in read_sample("mtuitive_opnote_breast_surgery").documents[0].sections]
    assert "Preparation / Anesthesia" in titles
    assert titles.index("Surgeon") < titles.index("Preparation / Anesthesia") < titles.index("Signature")


def test_payer_of_the_summary_becomes_a_coverage() -> None:
    coverage = read_sample("CCD_1").coverages[0]
    assert (coverage.payer_name, coverage.member_id, coverage.rank) == ("Good Health Insurance", "1138345", 1)


def test_embedded_pdf_is_kept_whole() -> None:
    document = read_sample("Unstructured_Document_embedded_PDF").documents[0]
    assert document.attachment_type == "application/pdf"
    assert document.attachment is not None
    assert len(document.attachment) == 173792
    assert not document.is_signed
