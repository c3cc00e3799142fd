"""Publishing agreement texts: versions, repeats, and the texts that ship."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.apps.accounts.models import Organization, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.program.actions import publish_agreement
from charthouse.apps.program.agreements import render, shown
from charthouse.apps.program.models import AgreementKind, AgreementVersion
from charthouse.apps.program.selectors import current_agreement
from charthouse.apps.program.texts_loader import load_text
from tests.apps import builders

pytestmark = pytest.mark.django_db
PARTS = [{"title": "One", "clauses": [{"key": "A1", "heading": "First", "text": "I do my work."}]}]


def publish(at: Organization, text: str = "I do my work.", effective: date = date(2026, 1, 5)) -> AgreementVersion:
    parts = [{"title": "One", "clauses": [{"key": "A1", "heading": "First", "text": text}]}]
    return publish_agreement(None, at, "telecommuting", parts, "Telecommuting agreement", "", effective)


def test_a_new_text_is_the_next_version() -> None:
    at = builders.organization()
    assert publish(at).version == 1
    assert publish(at, "I do other work.", date(2026, 6, 1)).version == 2
    assert AuditEvent.objects.filter(verb="program.agreement.published").count() == 2


def test_the_same_text_again_is_the_same_version() -> None:
    at = builders.organization()
    assert publish(at).pk == publish(at).pk
    assert AgreementVersion.objects.count() == 1


def test_organizations_have_versions_of_their_own() -> None:
    one, other = builders.organization(), builders.organization()
    publish(one)
    publish(one, "More.")
    assert publish(other).version == 1


def test_a_version_counts_from_its_day_on() -> None:
    at = builders.organization()
    old = publish(at)
    new = publish(at, "From June on.", date(2026, 6, 1))
    assert current_agreement(at.pk, "telecommuting", date(2026, 5, 31)) == old
    assert current_agreement(at.pk, "telecommuting", date(2026, 6, 1)) == new
    assert current_agreement(at.pk, "telecommuting", date(2026, 1, 4)) is None


def test_a_version_cannot_take_effect_before_the_one_it_follows() -> None:
    at = builders.organization()
    publish(at, effective=date(2026, 6, 1))
    with pytest.raises(Invalid, match="before version 1"):
        publish(at, "Earlier.", date(2026, 5, 1))


def test_only_compliance_and_human_resources_publish() -> None:
    at = builders.organization()
    officer = builders.person(Role.COMPLIANCE, at=at)
    coder = builders.person(Role.CODER, at=at)
    stranger = builders.person(Role.COMPLIANCE)
    publish_agreement(officer, at, "telecommuting", PARTS, "Title", "", date(2026, 1, 1))
    for other in (coder, stranger):
        with pytest.raises(Denied):
            publish_agreement(other, at, "telecommuting", PARTS, "Title", "", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("kind", "parts"),
    [("parking", PARTS), ("telecommuting", []), ("telecommuting", [{"title": "One", "clauses": []}])],
)
def test_a_text_of_no_kind_or_without_clauses_is_refused(kind: str, parts: list[dict[str, object]]) -> None:
    with pytest.raises(Invalid):
        publish_agreement(None, builders.organization(), kind, parts, "Title", "", date(2026, 1, 1))


@pytest.mark.parametrize("kind", AgreementKind.values)
def test_the_texts_that_ship_can_be_published_and_read(kind: str) -> None:
    at = builders.organization("Harbor Point Health")
    text = load_text(kind)
    published = publish_agreement(None, at, text.kind, text.parts, text.title, text.summary, text.effective_from)
    noor = builders.person(Role.CODER, at=at, name="Noor Haddad")
    noor.home_office = "14 Alder Court, Marlow"
    rendered = render(published, noor)
    assert "Harbor Point Health" in rendered
    assert "{" not in rendered
    assert all(clause["heading"] in rendered for part in text.parts for clause in part["clauses"])


def test_clauses_are_numbered_through_all_parts() -> None:
    at = builders.organization("Harbor Point Health")
    text = load_text("confidentiality")
    published = publish_agreement(None, at, text.kind, text.parts, text.title, text.summary, text.effective_from)
    page = shown(published, builders.person(Role.CODER, at=at, name="Noor Haddad"))
    assert "Noor Haddad" in page.summary
    numbers = [clause.number for part in page.parts for clause in part.clauses]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_name_that_looks_like_a_placeholder_stays_a_name() -> None:
    at = builders.organization("Org")
    person = builders.person(Role.CODER, at=at, name="{home_office}")
    page = shown(publish(at, "I am {person}, {unknown}."), person)
    assert page.parts[0].clauses[0].text == "I am {home_office}, {unknown}."
