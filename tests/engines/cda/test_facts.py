"""Coded entries become facts with their codes, values, days and status; the rest is told as skipped."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.kit import ChartFact, Code, CodeSystem, FactKind
from tests.engines.cda.building import HEADER, chart, section

SNOMED = "2.16.840.1.113883.6.96"
LOINC = "2.16.840.1.113883.6.1"


def facts(inside: str, code: str, header: str = HEADER) -> tuple[ChartFact, ...]:
    return chart(section(inside, code=code), header).facts


def problem(value: str, more: str = "", act: str = '<statusCode code="active"/>') -> str:
    return (
        f"<entry><act>{act}<entryRelationship><observation>"
        '<templateId root="2.16.840.1.113883.10.20.22.4.4"/><statusCode code="completed"/>'
        f"<effectiveTime><low value='20250301'/></effectiveTime>{value}{more}"
        "</observation></entryRelationship></act></entry>"
    )


ICD = '<value xsi:type="CD" code="e11.22" codeSystem="2.16.840.1.113883.6.90" displayName="Diabetic kidney disease"/>'


def test_problem_with_its_code_day_and_status() -> None:
    (fact,) = facts(problem(ICD), "11450-4")
    assert fact.kind is FactKind.PROBLEM
    assert fact.codes == (Code(CodeSystem.ICD10CM, "E1122"),)
    assert (fact.label, fact.on, fact.status) == ("Diabetic kidney disease", date(2025, 3, 1), "active")
    assert fact.encounter_key == ""


def test_label_comes_from_the_narrative_when_the_entry_only_points_at_it() -> None:
    value = '<value xsi:type="CD" nullFlavor="UNK"><originalText><reference value="#p1"/></originalText></value>'
    (fact,) = facts(f"<text><content ID='p1'>Gout,\n left foot</content></text>{problem(value)}", "11450-4")
    assert (fact.label, fact.codes) == ("Gout, left foot", ())


def test_reference_to_nothing_leaves_the_entry_told_as_skipped() -> None:
    value = '<value xsi:type="CD" nullFlavor="UNK"><originalText><reference value="#none"/></originalText></value>'
    read = chart(section(problem(value), code="11450-4"))
    assert not read.facts
    assert any("names nothing" in one.why for one in read.skipped)


def test_translations_are_codes_too() -> None:
    value = (
        f'<value xsi:type="CD" code="73211009" codeSystem="{SNOMED}" displayName="Diabetes">'
        '<translation code="E11.9" codeSystem="2.16.840.1.113883.6.90"/>'
        '<translation code="250.00" codeSystem="2.16.840.1.113883.6.103"/></value>'
    )
    (fact,) = facts(problem(value), "11450-4")
    assert [code.system for code in fact.codes] == [CodeSystem.SNOMED, CodeSystem.ICD10CM, CodeSystem.OTHER]


def test_resolved_and_refuted_problems_say_so() -> None:
    ended = problem(ICD).replace("<low value='20250301'/>", "<low value='20250301'/><high value='20250401'/>")
    refuted = problem(ICD).replace("<observation>", '<observation negationInd="true">')
    assert facts(ended, "11450-4")[0].status == "resolved"
    assert facts(refuted, "11450-4")[0].status == "not present"


def test_status_observation_is_believed_first() -> None:
    status = (
        '<entryRelationship><observation><templateId root="2.16.840.1.113883.10.20.22.4.6"/>'
        '<value xsi:type="CD" displayName="Inactive"/></observation></entryRelationship>'
    )
    assert facts(problem(ICD, status), "11450-4")[0].status == "inactive"


def test_diagnosis_at_discharge_is_of_the_encounter() -> None:
    assert facts(problem(ICD), "11535-2")[0].encounter_key == "2.16.840.1.113883.19.5^D1"


def test_fact_dated_within_the_encounter_is_of_it() -> None:
    header = HEADER + '<effectiveTime value="20250301"/>'
    assert facts(problem(ICD), "11450-4", header)[0].encounter_key == "2.16.840.1.113883.19.5^D1"


def test_medication_with_dose_and_route() -> None:
    entry = (
        "<entry><substanceAdministration><statusCode code='active'/>"
        "<effectiveTime><low value='20260101'/></effectiveTime>"
        "<routeCode displayName='Oral'/><doseQuantity value='2' unit='mg'/><consumable><manufacturedProduct>"
        "<manufacturedMaterial><code code='1' codeSystem='2.16.840.1.113883.6.88' displayName='Drug A'/>"
        "</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>"
    )
    (fact,) = facts(entry, "10160-0")
    assert (fact.kind, fact.label, fact.value) == (FactKind.MEDICATION, "Drug A", "2 mg Oral")
    assert fact.codes == (Code(CodeSystem.RXNORM, "1"),)


def test_allergy_with_its_reaction() -> None:
    entry = (
        "<entry><act><statusCode code='active'/><entryRelationship><observation>"
        "<templateId root='2.16.840.1.113883.10.20.22.4.7'/><participant><participantRole><playingEntity>"
        "<code code='7980' codeSystem='2.16.840.1.113883.6.88' displayName='Penicillin'/>"
        "</playingEntity></participantRole></participant><entryRelationship typeCode='MFST'><observation>"
        "<value xsi:type='CD' displayName='Hives'/></observation></entryRelationship>"
        "</observation></entryRelationship></act></entry>"
    )
    (fact,) = facts(entry, "48765-2")
    assert (fact.kind, fact.label, fact.value, fact.status) == (FactKind.ALLERGY, "Penicillin", "Hives", "active")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('<value xsi:type="PQ" value="7.2" unit="%"/>', "7.2 %"),
        ('<value xsi:type="PQ" value="7" unit="1"/>', "7"),
        ('<value xsi:type="IVL_PQ"><low value="1" unit="g"/><high value="2" unit="g"/></value>', "1 g to 2 g"),
        ('<value xsi:type="IVL_PQ"><low value="1" unit="g"/></value>', "at least 1 g"),
        ('<value xsi:type="IVL_PQ"><high value="2" unit="g"/></value>', "at most 2 g"),
        ('<value xsi:type="CD" displayName="Positive"/>', "Positive"),
        ('<value xsi:type="ST">cloudy urine</value>', "cloudy urine"),
        ('<value xsi:type="INT" value="3"/>', "3"),
        ('<value xsi:type="TS" value="20260102"/>', "2026-01-02"),
        ('<value xsi:type="PQ" nullFlavor="UNK"/>', ""),
        ('<value xsi:type="PQ" value="9" unit="g"/><interpretationCode code="H" displayName="High"/>', "9 g (High)"),
        ('<value xsi:type="PQ" value="9" unit="g"/><interpretationCode code="N"/>', "9 g"),
    ],
)
def test_result_values_as_text(value: str, text: str) -> None:
    component = f"<component><observation><code code='4548-4' codeSystem='{LOINC}'/>{value}</observation></component>"
    (fact,) = facts(f"<entry><organizer>{component}</organizer></entry>", "30954-2")
    assert (fact.kind, fact.value) == (FactKind.RESULT, text)
    assert fact.label == "4548-4"


def test_procedure_and_vaccine_sections() -> None:
    code = f"<code code='80146002' codeSystem='{SNOMED}' displayName='Appendectomy'/>"
    procedure = f"<entry><procedure>{code}</procedure></entry>"
    vaccine = (
        "<entry><substanceAdministration negationInd='true'><consumable><manufacturedProduct><manufacturedMaterial>"
        "<code code='88' codeSystem='2.16.840.1.113883.12.292' displayName='Influenza'/></manufacturedMaterial>"
        "</manufacturedProduct></consumable></substanceAdministration></entry>"
    )
    assert facts(procedure, "47519-4")[0].kind is FactKind.PROCEDURE
    assert facts(vaccine, "11369-6")[0].codes == (Code(CodeSystem.CVX, "88"),)
    assert facts(vaccine, "11369-6")[0].status == "not present"


def test_service_event_coded_as_a_procedure_is_a_fact_of_the_encounter() -> None:
    event = (
        "<documentationOf><serviceEvent>"
        "<code code='G0105' codeSystem='2.16.840.1.113883.6.285' displayName='Screening'/>"
        "<effectiveTime><low value='20260901'/></effectiveTime></serviceEvent></documentationOf>"
    )
    (fact,) = chart(header=HEADER + event).facts
    assert (fact.codes, fact.on) == ((Code(CodeSystem.HCPCS, "G0105"),), date(2026, 9, 1))
    assert fact.encounter_key


def test_service_event_that_is_a_diagnosis_is_no_procedure() -> None:
    code = f"<code code='233604007' codeSystem='{SNOMED}'/>"
    event = f"<documentationOf><serviceEvent>{code}</serviceEvent></documentationOf>"
    assert chart(header=HEADER + event).facts == ()


def test_entries_of_other_sections_are_counted_as_skipped() -> None:
    read = chart(
        section("<text>Smoker</text><entry><observation/></entry><entry><observation/></entry>", title="Habits")
    )
    assert ("section Habits", "observation entry (2 times)") in [(one.place, one.what) for one in read.skipped]
