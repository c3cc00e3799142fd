"""One discharge summary written for this test, read from its first to its last line."""

from __future__ import annotations

from datetime import UTC, date, datetime

from charthouse.engines.cda import read
from charthouse.kit import ChartCoverage, Code, CodeSystem, EncounterKind, FactKind, Sex

DISCHARGE = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="CDA.xsl"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <!-- A made-up patient, a made-up stay. -->
  <realmCode code="US"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id root="1.2.840.99" extension="DS-881"/>
  <code code="18842-5" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Discharge summary</title>
  <effectiveTime value="20261118141000-0500"/>
  <recordTarget>
    <patientRole>
      <id root="2.16.840.1.113883.4.1" extension="900-11-2222"/>
      <id root="1.2.840.99.1" extension="104477" assigningAuthorityName="Harbor Point MRN"/>
      <addr use="HP">
        <streetAddressLine>12 Quay Street</streetAddressLine>
        <city>Harbor Point</city><state>ME</state><postalCode>04101</postalCode>
      </addr>
      <telecom value="tel:+1-555-0100"/>
      <patient>
        <name use="L"><given>Ada</given><given>Jane</given><family>Whitfield</family></name>
        <administrativeGenderCode code="F"/>
        <birthTime value="19610409"/>
        <raceCode nullFlavor="ASKU"/>
        <sdtc:deceasedInd value="false"/>
      </patient>
    </patientRole>
  </recordTarget>
  <author>
    <time value="20261118"/>
    <assignedAuthor>
      <id root="2.16.840.1.113883.4.6" extension="1234567893"/>
      <assignedPerson><name><given>Ines</given><family>Okafor</family><suffix>MD</suffix></name></assignedPerson>
    </assignedAuthor>
  </author>
  <legalAuthenticator><time value="20261118"/><signatureCode code="S"/></legalAuthenticator>
  <participant typeCode="IND"><associatedEntity classCode="ECON"/></participant>
  <componentOf>
    <encompassingEncounter>
      <id root="1.2.840.99.2" extension="V-20061"/>
      <code code="IMP" displayName="Inpatient stay"/>
      <effectiveTime><low value="202611142210-0500"/><high value="202611181500-0500"/></effectiveTime>
      <dischargeDispositionCode code="01" displayName="Home"/>
      <responsibleParty>
        <assignedEntity>
          <id root="2.16.840.1.113883.4.6" extension="1234567893"/>
          <assignedPerson><name><given>Ines</given><family>Okafor</family></name></assignedPerson>
        </assignedEntity>
      </responsibleParty>
      <location><healthCareFacility><location>
        <name>Harbor Point Hospital</name>
      </location></healthCareFacility></location>
    </encompassingEncounter>
  </componentOf>
  <component>
    <structuredBody>
      <component><section>
        <code code="8648-8" codeSystem="2.16.840.1.113883.6.1"/>
        <title>Hospital course</title>
        <text>
          <paragraph>She came in with <content styleCode="Bold">fever</content> and a cough.</paragraph>
          <paragraph>Oxygen was stopped on day 3.<br/>She walked the hall.</paragraph>
        </text>
      </section></component>
      <component><section>
        <code code="11535-2" codeSystem="2.16.840.1.113883.6.1"/>
        <title>Discharge diagnosis</title>
        <text><list><item><content ID="dx1">Pneumonia, left lower lobe</content></item></list></text>
        <entry><act classCode="ACT" moodCode="EVN">
          <statusCode code="active"/>
          <entryRelationship><observation classCode="OBS" moodCode="EVN">
            <templateId root="2.16.840.1.113883.10.20.22.4.4"/>
            <statusCode code="completed"/>
            <effectiveTime><low value="20261114"/></effectiveTime>
            <value xsi:type="CD" code="J18.9" codeSystem="2.16.840.1.113883.6.90">
              <originalText><reference value="#dx1"/></originalText>
            </value>
          </observation></entryRelationship>
        </act></entry>
      </section></component>
      <component><section>
        <code code="30954-2" codeSystem="2.16.840.1.113883.6.1"/>
        <title>Results</title>
        <text><table>
          <thead><tr><th>Test</th><th>Value</th></tr></thead>
          <tbody><tr><td>White cells</td><td>14.1</td></tr></tbody>
        </table></text>
        <entry><organizer><component><observation>
          <code code="6690-2" codeSystem="2.16.840.1.113883.6.1" displayName="White cells"/>
          <statusCode code="completed"/>
          <effectiveTime value="202611142300-0500"/>
          <value xsi:type="PQ" value="14.1" unit="10*3/uL"/>
          <interpretationCode code="H"/>
        </observation></component></organizer></entry>
      </section></component>
      <component><section>
        <code code="48768-6" codeSystem="2.16.840.1.113883.6.1"/>
        <title>Payers</title>
        <text>Northwind Health Plan</text>
        <entry><act><entryRelationship><act>
          <id root="1.2.840.99.3" extension="G-17"/>
          <code displayName="PPO"/>
          <performer><assignedEntity>
            <id root="1.2.840.99.4" extension="NW01"/><code code="PAYOR"/>
            <representedOrganization><name>Northwind Health Plan</name></representedOrganization>
          </assignedEntity></performer>
          <participant typeCode="COV"><participantRole>
            <id root="1.2.840.99.5" extension="NW5520817"/>
          </participantRole></participant>
        </act></entryRelationship></act></entry>
      </section></component>
      <component><section>
        <code code="29762-2" codeSystem="2.16.840.1.113883.6.1"/>
        <title>Social history</title>
        <text>Never smoked.</text>
        <entry><observation/></entry>
      </section></component>
    </structuredBody>
  </component>
</ClinicalDocument>
"""
CHART = read(DISCHARGE.encode(), "discharge.xml")


def test_the_chart_says_where_it_came_from() -> None:
    assert (CHART.source_name, CHART.source_format) == ("discharge.xml", "cda")


def test_the_patient() -> None:
    patient = CHART.patient
    assert (patient.mrn, patient.mrn_authority) == ("104477", "Harbor Point MRN")
    assert (patient.family_name, patient.given_name, patient.middle_name) == ("Whitfield", "Ada", "Jane")
    assert (patient.birth_date, patient.sex, patient.city) == (date(1961, 4, 9), Sex.FEMALE, "Harbor Point")


def test_the_stay() -> None:
    (encounter,) = CHART.encounters
    assert (encounter.key, encounter.kind, encounter.title) == ("V-20061", EncounterKind.INPATIENT, "Inpatient stay")
    assert encounter.dates is not None
    assert (encounter.dates.start, encounter.dates.end) == (date(2026, 11, 14), date(2026, 11, 18))
    assert (encounter.provider_name, encounter.provider_npi) == ("Ines Okafor", "1234567893")
    assert (encounter.facility_name, encounter.disposition) == ("Harbor Point Hospital", "Home")


def test_the_coverage() -> None:
    assert CHART.coverages == (ChartCoverage("Northwind Health Plan", "NW5520817", "NW01", "G-17", "PPO", 1),)


def test_the_document_reads_from_top_to_bottom() -> None:
    (document,) = CHART.documents
    assert [(section.title, section.text) for section in document.sections] == [
        (
            "Hospital course",
            "She came in with fever and a cough.\nOxygen was stopped on day 3.\nShe walked the hall.",
        ),
        ("Discharge diagnosis", "• Pneumonia, left lower lobe"),
        ("Results", "Test\tValue\nWhite cells\t14.1"),
        ("Payers", "Northwind Health Plan"),
        ("Social history", "Never smoked."),
    ]
    assert (document.kind, document.author, document.is_signed) == ("discharge-summary", "Ines Okafor, MD", True)
    assert document.written_at == datetime(2026, 11, 18, 19, 10, tzinfo=UTC)
    assert document.encounter_key == "V-20061"


def test_the_facts() -> None:
    problem, result = CHART.facts
    assert (problem.kind, problem.label) == (FactKind.PROBLEM, "Pneumonia, left lower lobe")
    assert problem.codes == (Code(CodeSystem.ICD10CM, "J189"),)
    assert (problem.status, problem.on, problem.encounter_key) == ("active", date(2026, 11, 14), "V-20061")
    assert (result.kind, result.label, result.value) == (FactKind.RESULT, "White cells", "14.1 10*3/uL (H)")
    assert result.encounter_key == "V-20061"


def test_what_was_left_out_is_told_without_its_values() -> None:
    told = {one.place: one.what for one in CHART.skipped}
    assert told["recordTarget/patientRole/id"] == "a personal number"
    assert told["recordTarget/patientRole"] == "deceasedInd, raceCode, telecom"
    assert told["section Social history"] == "observation entry"
    assert told["header"] == "participant"
    assert "900-11-2222" not in repr(CHART)
