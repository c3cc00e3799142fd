"""CPT is let in under a stated licence only, and its words are shown to those with a seat while it is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.reference.actions import give_seat, permit, state_licence, take_seat
from charthouse.apps.reference.actions.licence import NOTICE, LicenceTerms
from charthouse.apps.reference.models import CptLicence, CptSeat
from charthouse.apps.reference.policies import may_see_descriptor
from charthouse.apps.reference.selectors import has_seat, licence, licence_in_force, notices, search_procedures, seats
from charthouse.engines.codesets.loading import Recognised
from charthouse.engines.codesets.shelf import Table
from tests.apps import builders
from tests.apps.reference.shelves import DAY, put_cpt

pytestmark = pytest.mark.django_db
CODES = {"00011": "Sharpening of a made-up quill", "00012": "Repair of a made-up quill"}
TERMS = LicenceTerms("Test Practice", "T-100", 2, today() - timedelta(days=30), today() + timedelta(days=30))


@pytest.fixture
def keeper() -> Person:
    return builders.person(Role.IT_ADMIN)


@pytest.fixture
def loaded(shelf_folder: Path) -> Path:
    put_cpt(shelf_folder, CODES, {"notice": "The words of the file."})
    return shelf_folder


def stated(**changes: object) -> CptLicence:
    return state_licence(None, replace(TERMS, **changes), attests=True)  # type: ignore[arg-type]


CPT, HCPCS = (Recognised(table, "2026", None, None) for table in (Table.CPT, Table.HCPCS))


def expire(one: CptLicence) -> None:
    CptLicence.objects.filter(pk=one.pk).update(expires=today() - timedelta(days=1))


def test_cpt_is_refused_until_a_licence_is_stated(shelf_folder: Path) -> None:
    refusal = permit(CPT)
    assert refusal is not None
    assert refusal.rule == "codesets.cpt-licence"
    assert "charthouse codes licence" in refusal.mend
    assert permit(HCPCS) is None
    stated()
    assert permit(CPT) is None


def test_an_expired_licence_lets_nothing_in(shelf_folder: Path) -> None:
    expire(stated())
    assert permit(CPT) is not None


def test_a_statement_keeps_what_was_attested_to_and_by_whom(keeper: Person) -> None:
    made = state_licence(keeper, TERMS, attests=True)
    assert (made.holder, made.number, made.seats, made.attested_by) == ("Test Practice", "T-100", 2, keeper)
    assert made.notice == NOTICE
    event = AuditEvent.objects.get(verb="reference.licence.stated")
    assert event.detail == {"seats": 2, "until": TERMS.expires.isoformat()}


def test_the_newest_statement_counts() -> None:
    stated()
    stated(number="T-101", expires=today() - timedelta(days=1))
    found = licence()
    assert found is not None
    assert found.number == "T-101"
    assert licence_in_force(today()) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"holder": " "}, "holder"),
        ({"holder": "x" * 121}, "holder"),
        ({"number": ""}, "number"),
        ({"product": "x" * 121}, "product"),
        ({"seats": 0}, "seats"),
        ({"seats": 10**9}, "seats"),
        ({"expires": date(2000, 1, 1)}, "expires"),
    ],
)
def test_a_statement_that_cannot_be_right_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        stated(**changes)
    assert caught.value.field == field
    assert licence() is None


def test_a_statement_has_to_be_attested_to() -> None:
    with pytest.raises(Invalid, match="attested"):
        state_licence(None, TERMS, attests=False)


@pytest.mark.parametrize("role", [Role.CODER, Role.COMPLIANCE])
def test_others_neither_state_a_licence_nor_give_seats(role: Role) -> None:
    person = builders.person(role)
    for write in (
        lambda: state_licence(person, TERMS, attests=True),
        lambda: give_seat(person, person),
        lambda: take_seat(person, person),
    ):
        with pytest.raises(Denied):
            write()
    assert not CptSeat.objects.exists()


def test_seats_are_counted_against_the_licence(keeper: Person, loaded: Path) -> None:
    stated(seats=2)
    first, second, third = (builders.person(Role.CODER) for _ in range(3))
    give_seat(keeper, first)
    give_seat(keeper, second)
    with pytest.raises(Conflict, match="All 2 seats"):
        give_seat(keeper, third)
    take_seat(keeper, first)
    assert give_seat(keeper, third).given_by == keeper
    assert {one.person for one in seats()} == {second, third}
    given = AuditEvent.objects.filter(verb__in=["reference.seat.given", "reference.seat.ended"])
    assert given.count() == 4


def test_giving_and_ending_twice_changes_nothing(keeper: Person, loaded: Path) -> None:
    stated(seats=1)
    coder = builders.person(Role.CODER)
    assert give_seat(keeper, coder) == give_seat(keeper, coder)
    take_seat(keeper, coder)
    take_seat(keeper, coder)
    assert AuditEvent.objects.filter(verb="reference.seat.ended").count() == 1
    assert not has_seat(coder)


def test_no_seat_without_a_licence(loaded: Path) -> None:
    with pytest.raises(Conflict, match="No CPT licence"):
        give_seat(None, builders.person(Role.CODER))


def test_somebody_who_left_takes_no_seat(loaded: Path) -> None:
    stated(seats=1)
    coder = builders.person(Role.CODER)
    give_seat(None, coder)
    coder.is_active = False
    coder.save()
    assert not has_seat(coder)
    assert not may_see_descriptor(coder)
    assert give_seat(None, builders.person(Role.CODER))
    with pytest.raises(Conflict, match="not active"):
        give_seat(None, _gone())


def _gone() -> Person:
    person = builders.person(Role.CODER)
    person.is_active = False
    person.save()
    return person


def test_descriptors_are_for_seat_holders(loaded: Path) -> None:
    stated()
    coder = builders.person(Role.CODER)
    assert not may_see_descriptor(coder)
    assert not may_see_descriptor(None)
    give_seat(None, coder)
    assert may_see_descriptor(coder)


def test_when_the_licence_ends_nobody_sees_them(loaded: Path) -> None:
    licence = stated()
    coder = builders.person(Role.CODER)
    give_seat(None, coder)
    expire(licence)
    assert not may_see_descriptor(coder)
    assert has_seat(coder)


def test_the_files_own_notice_is_there_to_be_shown(loaded: Path) -> None:
    assert notices(DAY) == ("The words of the file.",)
    assert notices(date(2020, 1, 1)) == ()


def test_made_up_codes_need_a_seat_but_no_licence(shelf_folder: Path) -> None:
    put_cpt(shelf_folder, CODES, {"made-up": "yes"})
    coder = builders.person(Role.CODER)
    assert not may_see_descriptor(coder, DAY)
    give_seat(None, coder)
    assert may_see_descriptor(coder, DAY)


def test_real_codes_beside_made_up_ones_are_not_shown_without_a_licence(shelf_folder: Path) -> None:
    put_cpt(shelf_folder, CODES, {"made-up": "yes"})
    coder = builders.person(Role.CODER)
    give_seat(None, coder)
    put_cpt(shelf_folder, {**CODES, "00013": "Third"}, {}, date(2026, 7, 1))
    assert not may_see_descriptor(coder, DAY)
    with pytest.raises(Conflict):
        give_seat(None, builders.person(Role.CODER))


def test_with_a_seat_codes_are_found_by_their_words(loaded: Path) -> None:
    stated()
    coder = builders.person(Role.CODER)
    give_seat(None, coder)
    found = search_procedures("quill repair", DAY, {}, person=coder)
    assert [(hit.code.value, hit.label) for hit in found] == [("00012", "Repair of a made-up quill")]
    assert not found[0].is_local


def test_without_a_seat_they_are_found_by_code_alone_and_say_nothing(loaded: Path) -> None:
    stated()
    coder = builders.person(Role.CODER)
    assert search_procedures("quill", DAY, {}, person=coder) == []
    found = search_procedures("0001", DAY, {}, person=coder)
    assert {hit.code.value for hit in found} == set(CODES)
    assert {hit.label for hit in found} == {"descriptor needs a CPT seat"}
    assert search_procedures("descriptor needs a seat", DAY, {}, person=coder) == []


def test_the_charge_masters_label_comes_first_and_needs_no_seat(loaded: Path) -> None:
    found = search_procedures("00012", DAY, {"00012": "Our quill repair"})
    assert [(hit.code.value, hit.label, hit.is_local) for hit in found] == [("00012", "Our quill repair", True)]


def test_before_the_release_starts_its_codes_are_not_offered(loaded: Path) -> None:
    assert search_procedures("0001", date(2025, 12, 31), {}) == []
