"""Storing a chart: all of it, once, under the right patient and encounter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.actions import store_chart
from charthouse.apps.charts.hooks import EncounterStored, encounter_stored
from charthouse.apps.charts.models import ClinicalFact, Coverage, Document, Encounter, Patient
from charthouse.apps.core.clock import now
from charthouse.kit import ChartDocument, ChartEncounter, ChartSection, EncounterKind, Refusal, Refused, ServiceDates
from tests.apps import builders
from tests.apps.charts.charts import COVERAGE, DIABETES, NOTE, PATIENT, VISIT, chart

pytestmark = pytest.mark.django_db


def test_everything_of_a_chart_is_stored() -> None:
    at = builders.organization()
    counts = store_chart(at, None, chart())
    assert counts == {"patients": 1, "coverages": 1, "encounters": 1, "documents": 1, "facts": 1}
    patient = Patient.objects.get()
    assert (patient.display_name, patient.birth_date, patient.sex) == ("Okafor, Maren T.", date(1959, 3, 4), "F")
    encounter = patient.encounters.get()
    assert (encounter.kind, encounter.dates) == ("visit", ServiceDates.on(date(2026, 11, 18)))
    document = encounter.documents.get()
    assert document.body == [{"title": "Assessment", "text": "Type 2 diabetes."}]
    fact = encounter.facts.get()
    assert fact.content["codes"] == [["icd-10-cm", "E119"]]
    assert AuditEvent.objects.get(verb="charts.chart.stored").subject == str(patient.uid)


def test_the_same_chart_again_adds_nothing() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    assert set(store_chart(at, None, chart()).values()) == {0}
    assert [model.objects.count() for model in (Patient, Coverage, Encounter, Document, ClinicalFact)] == [1] * 5


def test_a_patient_is_never_found_by_name() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    store_chart(at, None, chart(patient=replace(PATIENT, mrn="OTHER")))
    store_chart(at, None, chart(patient=replace(PATIENT, mrn_authority="another hospital")))
    assert Patient.objects.count() == 3


def test_the_same_number_in_another_organization_is_another_patient() -> None:
    store_chart(builders.organization(), None, chart())
    store_chart(builders.organization(), None, chart())
    assert Patient.objects.count() == 2


def test_a_new_name_and_address_replace_the_old_and_silence_replaces_nothing() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    store_chart(at, None, chart(patient=replace(PATIENT, family_name="Okafor-Lind", birth_date=None, address_line="")))
    patient = Patient.objects.get()
    assert patient.family_name == "Okafor-Lind"
    assert patient.birth_date == date(1959, 3, 4)
    assert patient.address["line"] == "3 Test Way"


def test_a_record_number_with_another_date_of_birth_is_refused_and_nothing_is_kept() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    with pytest.raises(Refused) as refused:
        store_chart(at, None, chart(patient=replace(PATIENT, birth_date=date(1960, 1, 1)), documents=()))
    assert refused.value.refusal.rule == "charts.other-patient"
    assert Patient.objects.get().birth_date == date(1959, 3, 4)


def test_a_chart_without_a_record_number_is_refused() -> None:
    with pytest.raises(Refused, match="record number"):
        store_chart(builders.organization(), None, chart(patient=replace(PATIENT, mrn=" ")))
    assert not Patient.objects.exists()


def test_a_refused_chart_does_not_say_whose_it_is() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    with pytest.raises(Refused) as refused:
        store_chart(at, None, chart(patient=replace(PATIENT, birth_date=date(1960, 1, 1))))
    told = str(refused.value)
    assert "Okafor" not in told
    assert "1960" not in told
    assert PATIENT.mrn not in told


def test_payer_provider_and_facility_are_found_by_id_or_exact_name() -> None:
    at = builders.organization()
    payer = builders.payer(at, "bluewater mutual")
    provider, facility = builders.provider(at), builders.facility(at)
    visit = replace(VISIT, facility_name=facility.name.upper(), provider_npi=provider.npi, provider_name="")
    store_chart(at, None, chart(encounters=(visit,)))
    encounter = Encounter.objects.get()
    assert (encounter.provider, encounter.facility) == (provider, facility)
    assert Coverage.objects.get().payer == payer


def test_the_senders_words_stay_where_nothing_matches() -> None:
    builders.payer(builders.organization(), "Bluewater Mutual")  # of somebody else
    store_chart(builders.organization(), None, chart())
    encounter, coverage = Encounter.objects.get(), Coverage.objects.get()
    assert (encounter.provider, encounter.provider_name) == (None, "Lena Varga")
    assert (encounter.facility, encounter.facility_name) == (None, "Test Clinic")
    assert (coverage.payer, coverage.payer_name) == (None, "Bluewater Mutual")


def test_a_coverage_sent_again_replaces_the_one_of_its_rank() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    second = replace(COVERAGE, payer_name="Northstar", member_id="NS9", payer_id="", rank=2)
    store_chart(at, None, chart(coverages=(replace(COVERAGE, member_id="BW999"), second)))
    assert [(row.rank, row.member_id) for row in Coverage.objects.all()] == [(1, "BW999"), (2, "NS9")]
    store_chart(at, None, chart(coverages=()))
    assert Coverage.objects.count() == 2


def test_documents_and_facts_go_to_their_own_encounters() -> None:
    later = replace(VISIT, key="V-2", dates=ServiceDates.on(date(2026, 11, 20)))
    second = replace(NOTE, key="D-2", encounter_key="V-2")
    history = replace(DIABETES, label="Old fracture", encounter_key="")
    made = chart(encounters=(VISIT, later), documents=(NOTE, second), facts=(DIABETES, history))
    store_chart(builders.organization(), None, made)
    by_day = {row.service_from: row for row in Encounter.objects.all()}
    assert by_day[date(2026, 11, 18)].documents.count() == by_day[date(2026, 11, 20)].documents.count() == 1
    assert by_day[date(2026, 11, 18)].facts.count() == 1
    assert ClinicalFact.objects.filter(encounter=None).count() == 1


def test_a_document_without_encounter_belongs_to_the_only_one_but_is_not_guessed_among_several() -> None:
    loose = replace(NOTE, encounter_key="")
    store_chart(builders.organization(), None, chart(documents=(loose,)))
    assert Document.objects.get().encounter is not None
    Document.objects.all().delete()
    other = replace(VISIT, key="V-2")
    store_chart(builders.organization(), None, chart(encounters=(VISIT, other), documents=(loose,)))
    assert Document.objects.get().encounter is None


def test_a_later_wording_stands_beside_the_earlier_one() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    corrected = replace(NOTE, sections=(ChartSection("Assessment", "Type 2 diabetes with kidney disease."),))
    store_chart(at, None, chart(documents=(corrected,)))
    texts = [row.body[0]["text"] for row in Document.objects.order_by("id")]
    assert texts == ["Type 2 diabetes.", "Type 2 diabetes with kidney disease."]


def test_a_signature_that_comes_later_is_added_to_the_same_document() -> None:
    at = builders.organization()
    store_chart(at, None, chart(documents=(replace(NOTE, is_signed=False),)))
    assert store_chart(at, None, chart())["documents"] == 0
    assert Document.objects.get().is_signed


def test_an_encounter_known_already_only_gains_what_it_lacked() -> None:
    at = builders.organization()
    store_chart(at, None, chart(encounters=(replace(VISIT, dates=None, title=""),)))
    store_chart(at, None, chart(encounters=(replace(VISIT, kind=EncounterKind.INPATIENT, title="Stay"),)))
    encounter = Encounter.objects.get()
    assert (encounter.kind, encounter.title, encounter.service_from) == ("visit", "Stay", date(2026, 11, 18))


def test_the_same_number_twice_in_a_file_is_one_encounter() -> None:
    counts = store_chart(builders.organization(), None, chart(encounters=(VISIT, VISIT), documents=(NOTE, NOTE)))
    assert (counts["encounters"], counts["documents"]) == (1, 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (date(2026, 11, 18), datetime(2026, 11, 18, 5, tzinfo=UTC)),
        (datetime(2026, 11, 18, 9, 30), datetime(2026, 11, 18, 14, 30, tzinfo=UTC)),  # noqa: DTZ001  # as sent
        (datetime(2026, 11, 18, 9, 30, tzinfo=UTC), datetime(2026, 11, 18, 9, 30, tzinfo=UTC)),
    ],
)
def test_times_of_documents_are_aware_and_bare_dates_are_local_midnight(
    written: date | datetime, expected: datetime
) -> None:
    store_chart(builders.organization(), None, chart(documents=(replace(NOTE, written_at=written),)))
    assert Document.objects.get().written_at == expected


@pytest.mark.parametrize("written", [None, date(1, 1, 1), datetime(9999, 12, 31, tzinfo=UTC), date(9999, 12, 31)])
def test_documents_without_a_usable_time_are_of_now(written: date | None) -> None:
    store_chart(builders.organization(), None, chart(documents=(replace(NOTE, written_at=written),)))
    stored = Document.objects.get().written_at
    assert stored is not None
    assert timezone.is_aware(stored)
    assert abs((now() - stored).total_seconds()) < 60


def test_words_longer_than_their_column_are_cut_and_never_fail() -> None:
    wide = replace(VISIT, title="T" * 500, provider_name="\x00P" * 300, disposition="left against advice")
    note = ChartDocument("D", "N" * 500, "K" * 500, NOTE.sections, "V-1", author="A" * 500)
    store_chart(builders.organization(), None, chart(encounters=(wide,), documents=(note,)))
    encounter, document = Encounter.objects.get(), Document.objects.get()
    assert (len(encounter.title), len(encounter.provider_name), encounter.disposition) == (120, 120, "")
    assert (len(document.title), len(document.kind), len(document.author)) == (120, 60, 120)


def test_the_apps_above_hear_of_each_encounter() -> None:
    heard: list[EncounterStored] = []
    encounter_stored.register(heard.append)
    try:
        at = builders.organization()
        store_chart(at, None, chart())
        store_chart(at, None, chart(encounters=(VISIT, replace(VISIT, key="V-2"))))
    finally:
        encounter_stored._handlers.remove(heard.append)
    assert [event.created for event in heard] == [True, False, True]


def test_a_failing_listener_undoes_everything() -> None:
    def fail(_: EncounterStored) -> None:
        raise Refused(Refusal("visit.txt", "", "test.rule", "No."))

    encounter_stored.register(fail)
    try:
        with pytest.raises(Refused):
            store_chart(builders.organization(), None, chart())
    finally:
        encounter_stored._handlers.remove(fail)
    assert not Patient.objects.exists()
    assert not AuditEvent.objects.filter(verb="charts.chart.stored").exists()


def test_nothing_that_identifies_the_patient_is_readable_in_the_database() -> None:
    store_chart(builders.organization(), None, chart())
    with connection.cursor() as cursor:
        for table in (
            "charts_patient",
            "charts_coverage",
            "charts_encounter",
            "charts_document",
            "charts_clinicalfact",
        ):
            cursor.execute(f"SELECT * FROM {table}")
            stored = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            for secret in ("Okafor", "Maren", "1959", "004-418-27", "BW123", "V-1", "diabetes"):
                assert secret not in stored, (table, secret)


def test_an_encounter_without_text_or_dates_is_stored_all_the_same() -> None:
    bare = ChartEncounter("V-9", EncounterKind.OTHER, None)
    store_chart(builders.organization(), None, chart(encounters=(bare,), documents=(), facts=()))
    assert Encounter.objects.get().dates is None
