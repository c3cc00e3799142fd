"""Favourites, the codes used last, and how use where a person works lifts near equals in the search."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.actions import note_use, personal, toggle_favourite
from charthouse.apps.reference.models import CodeUse
from charthouse.apps.reference.selectors import favourites, recent, search_diagnoses, usage
from charthouse.apps.reference.selectors.personal import forget_usage
from charthouse.kit import Code, CodeSystem
from tests.apps import builders
from tests.apps.coding.desk import set_up
from tests.apps.reference.shelves import DAY

pytestmark = pytest.mark.django_db
E119, E1122, G0463 = Code.icd10cm("E11.9"), Code.icd10cm("E11.22"), Code(CodeSystem.HCPCS, "G0463")


@pytest.fixture
def coder() -> Person:
    return builders.person(Role.CODER)


def use(person: Person, *codes: Code) -> None:
    organization = person.memberships.get().organization
    for code in codes:
        note_use(person, code, organization)
    forget_usage(person)


def test_a_favourite_is_kept_until_it_is_dropped(coder: Person) -> None:
    assert toggle_favourite(coder, E119)
    assert toggle_favourite(coder, G0463)
    assert favourites(coder) == [G0463, E119]
    assert not toggle_favourite(coder, E119)
    assert favourites(coder) == [G0463]


def test_favourites_are_a_persons_own(coder: Person) -> None:
    toggle_favourite(coder, E119)
    assert favourites(builders.person(Role.CODER)) == []


def test_favourites_have_an_end(coder: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "MOST_FAVOURITES", 1)
    toggle_favourite(coder, E119)
    with pytest.raises(Invalid):
        toggle_favourite(coder, E1122)
    assert not toggle_favourite(coder, E119)


def test_what_was_used_last_comes_first_and_once(coder: Person) -> None:
    use(coder, E119, G0463, E1122, E119)
    assert recent(coder) == [E119, E1122, G0463]
    assert recent(coder, limit=2) == [E119, E1122]


def test_use_is_counted(coder: Person) -> None:
    use(coder, E119, E119, G0463)
    assert CodeUse.objects.get(code="E119").count == 2
    assert usage(coder) == {"E119": 2}


def test_use_counts_for_everybody_in_the_practice_and_nobody_else() -> None:
    practice = builders.organization()
    one, other = (builders.person(Role.CODER, at=practice) for _ in range(2))
    use(one, E119)
    assert usage(other) == {"E119": 1}
    assert usage(builders.person(Role.CODER)) == {}
    assert usage(None) == {}


def test_usage_is_counted_once_a_minute_however_much_is_typed(
    coder: Person, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    forget_usage(coder)
    usage(coder)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert usage(coder) == {}


def test_a_used_code_comes_before_its_near_equals(coder: Person) -> None:
    plain = [hit.code for hit in search_diagnoses("diabetes", DAY, person=coder)]
    lower = plain[3]
    use(coder, *[lower] * 10)
    lifted = [hit.code for hit in search_diagnoses("diabetes", DAY, person=coder)]
    assert lifted.index(lower) < 3


def test_coding_a_chart_counts_what_is_put_on_it() -> None:
    desk = set_up()
    desk.add("E11.9", "G0463", "E11.9")
    assert {(one.system, one.code, one.count) for one in CodeUse.objects.all()} == {
        ("icd-10-cm", "E119", 2),
        ("hcpcs", "G0463", 1),
    }
    assert {one.organization for one in CodeUse.objects.all()} == {desk.organization}


def test_what_is_refused_is_not_counted() -> None:
    desk = set_up()
    with pytest.raises(Invalid):
        desk.add("Z99.99")
    assert not CodeUse.objects.exists()
