"""While the gate is closed no route shows what stands in a chart or whose it is, and asking leaves one event."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from charthouse.apps.accounts.models import Membership, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.coding import actions
from charthouse.apps.coding.actions import Passage
from charthouse.apps.quality.actions import raise_denial_finding
from tests.apps import builders
from tests.web.clients import signed_in
from tests.web.workspaces import HTMX, NOTE, Desk, desk

pytestmark = pytest.mark.django_db
PRIVATE = ("Okafor", "Maren", "MRN-", "nsulin", "kidney", "E11.22")
OPENS = ("", "document/{note}/", "document/{note}/file/", "facts/problem/", "done/")
POSTS = ("find/", "search/", "detail/", "add/", "evidence/", "mend/", "undo/", "finalise/", "hand-back/")


@pytest.fixture
def at_work() -> Desk:
    """A chart with a coded line and its evidence in the hands of a coder."""
    made = desk()
    line = made.diagnosis("E11.22")
    actions.attach_evidence(made.coder, line.uid, Passage(made.note.uid, 0, 0, 15, NOTE[:15]))
    return made


def _close_gate(of: Desk) -> None:
    """Somebody at home with everything signed, in an open session, when a new version takes effect."""
    Person.objects.filter(pk=of.coder.pk).update(is_remote=True)
    of.coder.refresh_from_db()
    builders.open_gate(of.coder, of.practice)
    assert of.get().status_code in (200, 302)
    builders.agreement(of.practice, "telecommuting")


def _refused(answer: HttpResponse) -> None:
    assert answer.status_code in (403, 404)
    assert not [word for word in PRIVATE if word in answer.content.decode()]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("route", OPENS)
def test_no_page_of_the_chart_opens(at_work: Desk, route: str, headers: dict[str, str]) -> None:
    _close_gate(at_work)
    _refused(at_work.client.get(at_work.url(route.format(note=at_work.note.uid)), **headers))


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("route", POSTS)
def test_no_change_or_search_is_answered(at_work: Desk, route: str, headers: dict[str, str]) -> None:
    _close_gate(at_work)
    given = {"revision": "2", "words": "insulin", "q": "kidney", "about": "dx:E1122", "mend": "x:0", "documents": "1"}
    _refused(at_work.client.post(at_work.url(route), given, **headers))


def test_lists_name_nobody(at_work: Desk) -> None:
    _close_gate(at_work)
    for view in ("mine", "ready", "all"):
        page = at_work.client.get(f"/worklist/?view={view}").content.decode()
        assert not [word for word in PRIVATE if word in page]


def _finalised(of: Desk) -> str:
    of.procedure("G0463 >1")
    of.session.refresh_from_db()
    summary = actions.finalise(of.coder, of.session.uid, of.session.revision)
    message = "Test Payer denied G0463 (line 1): $120.00. It pointed to E11.22."
    raise_denial_finding(summary, source_key="denial:1", code="G0463", reason="CO-50", message=message)
    return of.url("done/")


@pytest.mark.parametrize("page", ["done", "findings"])
def test_final_codes_and_what_came_back_are_closed_too(at_work: Desk, page: str) -> None:
    where = {"done": _finalised(at_work), "findings": "/findings/"}[page]
    assert "E11.22" in at_work.client.get(where).content.decode()
    _close_gate(at_work)
    _refused(at_work.client.get(where))


def test_asking_leaves_exactly_one_event(at_work: Desk) -> None:
    _close_gate(at_work)
    for route in ("", f"document/{at_work.note.uid}/", "facts/problem/"):
        before = AuditEvent.objects.count()
        at_work.get(route)
        new = AuditEvent.objects.order_by("id")[before:]
        assert [event.verb for event in new] == ["web.object.refused"]
        assert new[0].detail == {"why": "program.gate-closed", "asked": [str(x) for x in _asked(at_work, route)]}


def _asked(of: Desk, route: str) -> list[object]:
    return [of.encounter.uid, of.note.uid] if route.startswith("document") else [of.encounter.uid]


def test_another_organizations_claim_leaves_exactly_one_event() -> None:
    theirs = builders.claim(builders.organization())
    client: Client = signed_in(builders.biller(builders.organization("Another Practice")))
    for path, ask in ((f"/claims/{theirs.uid}/", client.get), (f"/claims/{theirs.uid}/rebuild/", client.post)):
        before = AuditEvent.objects.count()
        assert ask(path).status_code == 404
        new = AuditEvent.objects.order_by("id")[before:]
        assert [(event.verb, event.detail["asked"]) for event in new] == [("web.object.refused", [str(theirs.uid)])]


def test_an_unknown_chart_is_recorded_once() -> None:
    practice = builders.organization()
    client = signed_in(builders.person("manager", at=practice, remote=False))  # type: ignore[arg-type]
    before = AuditEvent.objects.count()
    assert client.get("/chart/01a20970-ba79-7039-926f-3948b160ab50/").status_code == 404
    assert AuditEvent.objects.count() == before + 1


def test_an_opening_belongs_to_the_organization_of_the_chart() -> None:
    home, other = builders.organization("Home"), builders.organization("Other")
    manager = builders.person(Role.MANAGER, at=home, remote=False)
    Membership.objects.create(person=manager, organization=other, role=Role.MANAGER)
    chart = builders.encounter(other)
    builders.document(chart)
    builders.work_item(chart)
    assert signed_in(manager).get(f"/chart/{chart.uid}/").status_code == 200
    assert AuditEvent.objects.get(verb="charts.chart.opened").organization == str(other.uid)
