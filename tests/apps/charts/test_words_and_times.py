"""What senders write is made to fit: one line, no NUL, aware times; and what cannot be told apart is stored once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.actions import store_chart
from charthouse.apps.charts.actions.clean import clipped, moment
from charthouse.apps.charts.models import ClinicalFact, Coverage, Document, Encounter, Patient
from charthouse.apps.charts.policies import access_rules, can_open_chart, can_see_headers, register_access_rule
from charthouse.apps.charts.selectors import is_codable
from charthouse.apps.core.clock import now
from charthouse.kit import ChartCoverage, ChartSection
from tests.apps import builders
from tests.apps.charts.charts import COVERAGE, DIABETES, NOTE, PATIENT, VISIT, chart


@given(st.text(max_size=80), st.integers(1, 40))
def test_words_always_fit_their_column(text: str, length: int) -> None:
    kept = clipped(text, length)
    assert len(kept) <= length
    assert "\x00" not in kept
    assert kept == " ".join(kept.split())
    assert clipped(kept, length) == kept


@given(st.one_of(st.none(), st.dates(), st.datetimes(), st.datetimes(timezones=st.just(UTC))))
def test_any_time_becomes_an_aware_one(written: date | datetime | None) -> None:
    made = moment(written)
    assert made.tzinfo
    assert made.astimezone(UTC)


def test_an_aware_time_is_kept_as_that_moment() -> None:
    there = datetime(2026, 11, 18, 14, 10, tzinfo=timezone(timedelta(hours=-8)))
    assert moment(there) == datetime(2026, 11, 18, 22, 10, tzinfo=UTC)


def test_a_bare_day_is_midnight_of_the_practice() -> None:
    assert moment(date(2026, 11, 18)) == datetime(2026, 11, 18, 5, 0, tzinfo=UTC)


def test_a_year_that_means_unknown_is_now() -> None:
    before = now()
    assert before <= moment(date(1, 1, 1)) <= now()
    assert before <= moment(datetime(9999, 12, 31, tzinfo=UTC)) <= now()


@pytest.mark.django_db
def test_storing_is_one_event_with_counts_only() -> None:
    counts = store_chart(builders.organization(), None, chart())
    event = AuditEvent.objects.get(verb="charts.chart.stored")
    patient = Patient.objects.get()
    assert (event.object_type, event.object_id) == ("charts.Patient", str(patient.uid))
    assert event.subject == str(patient.uid)
    assert event.detail == {"taken": counts}
    told = "".join(f"{one.detail}{one.reason}" for one in AuditEvent.objects.all())
    assert not any(word in told for word in ("Okafor", "004-418-27", "diabetes", "V-1"))


@pytest.mark.django_db
def test_storing_again_is_an_event_of_nothing_new() -> None:
    where = builders.organization()
    store_chart(where, None, chart())
    assert set(store_chart(where, None, chart()).values()) == {0}
    last = AuditEvent.objects.filter(verb="charts.chart.stored").order_by("id").last()
    assert last
    assert set(last.detail["taken"].values()) == {0}


@pytest.mark.django_db
@pytest.mark.parametrize(("rank", "kept"), [(-3, 1), (0, 1), (1, 1), (2, 2), (99, 99), (5000, 99)])
def test_a_rank_stays_within_what_can_be_stored(rank: int, kept: int) -> None:
    store_chart(builders.organization(), None, chart(coverages=(replace(COVERAGE, rank=rank),)))
    assert Coverage.objects.get().rank == kept


@pytest.mark.django_db
def test_two_coverages_of_one_rank_are_the_latter() -> None:
    first, second = replace(COVERAGE, member_id="ONE"), ChartCoverage("Other Payer", "TWO")
    counts = store_chart(builders.organization(), None, chart(coverages=(first, second)))
    assert counts["coverages"] == 1
    assert (Coverage.objects.get().member_id, Coverage.objects.get().payer_name) == ("TWO", "Other Payer")


@pytest.mark.django_db
def test_the_same_fact_and_document_twice_in_a_file_are_one() -> None:
    store_chart(builders.organization(), None, chart(facts=(DIABETES, DIABETES), documents=(NOTE, NOTE)))
    assert (ClinicalFact.objects.count(), Document.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"title": "Other"}, {"sections": (ChartSection("A", "b"),)}, {"attachment": b"x"}])
def test_a_document_that_differs_in_anything_read_is_another(changes: dict[str, object]) -> None:
    where = builders.organization()
    store_chart(where, None, chart())
    store_chart(where, None, chart(documents=(replace(NOTE, **changes),)))  # type: ignore[arg-type]
    assert Document.objects.count() == 2


@pytest.mark.django_db
def test_letters_outside_the_basic_plane_come_back_as_they_were() -> None:
    words = "糖尿病 😀 e\u0301 \u202eabc"
    store_chart(
        builders.organization(),
        None,
        chart(
            patient=replace(PATIENT, family_name=words),
            documents=(replace(NOTE, sections=(ChartSection("😀", f"{words}\tx\ny"),)),),
        ),
    )
    assert Patient.objects.get().family_name == words
    assert Document.objects.get().body == [{"title": "😀", "text": f"{words}\tx\ny"}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "text", "codable"),
    [(VISIT.dates, "Words.", True), (VISIT.dates, " \n\t ", False), (None, "Words.", False)],
)
def test_what_can_be_coded_has_a_date_and_words(dates: object, text: str, codable: bool) -> None:
    visit = replace(VISIT, dates=dates)  # type: ignore[arg-type]
    note = replace(NOTE, sections=(ChartSection("A", ""), ChartSection("B", text)))
    store_chart(builders.organization(), None, chart(encounters=(visit,), documents=(note,)))
    encounter = Encounter.objects.get()
    assert is_codable(encounter) is codable
    assert hasattr(encounter, "work_item") is codable


@pytest.mark.django_db
def test_a_rule_is_registered_once_and_never_reaches_into_another_organization() -> None:
    before = list(access_rules)
    try:
        for _ in range(2):
            register_access_rule(_everybody)
        assert access_rules == [*before, _everybody]
        visit = builders.encounter(builders.organization())
        assert can_open_chart(builders.person(builders.Role.HR, at=visit.organization), visit)
        assert not can_open_chart(builders.person(builders.Role.MANAGER), visit)
        assert not can_open_chart(builders.person(), visit)
    finally:
        access_rules[:] = before


def _everybody(person: object, encounter: object) -> bool:
    return True


@pytest.mark.django_db
def test_somebody_switched_off_opens_nothing_and_sees_no_names() -> None:
    visit = builders.encounter(builders.organization())
    boss = builders.person(builders.Role.MANAGER, at=visit.organization)
    assert can_open_chart(boss, visit)
    assert can_see_headers(boss, visit.organization_id)
    boss.is_active = False
    assert not can_open_chart(boss, visit)
    assert not can_see_headers(boss, visit.organization_id)


@pytest.mark.django_db
def test_rows_are_written_without_saying_who() -> None:
    store_chart(builders.organization(), None, chart())
    for row in (Patient.objects.get(), Encounter.objects.get(), Document.objects.get(), Coverage.objects.get()):
        assert str(row.uid) in str(row)
        assert "Okafor" not in repr(row)
