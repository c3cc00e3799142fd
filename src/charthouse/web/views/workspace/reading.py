"""Opening a chart, turning its documents, finding words in it, and its attached files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts import selectors as charts
from charthouse.apps.charts.selectors import OpenChart
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.coding.selectors import SessionView, my_day
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.worklists.selectors import item_of
from charthouse.web.people import person_of
from charthouse.web.presenters import chart as presenter
from charthouse.web.presenters.codes import evidence_marks
from charthouse.web.presenters.heading import heading
from charthouse.web.views.workspace.changes import leave
from charthouse.web.views.workspace.session import pane, session_if_coding, view_of

# What a browser may show by itself; anything else is saved, never run.
SHOWN_INLINE = ("application/pdf", "image/png", "image/jpeg", "text/plain")


@require_GET
def chart(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """The whole workspace, at the first document."""
    return page(request, encounter)


@require_GET
def document(request: HttpRequest, encounter: UUID, document: UUID) -> HttpResponse:
    """The workspace at a document, or only the document."""
    return page(request, encounter, str(document))


@require_GET
def facts(request: HttpRequest, encounter: UUID, kind: str) -> HttpResponse:
    """The workspace at facts compiled from the chart, or only these."""
    return page(request, encounter, kind)


@require_POST
def find(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Places where words stand in the chart. A POST: what somebody looks for in a chart belongs in no address."""
    words = request.POST.get("words", "")[:200]
    if not request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return page(request, encounter, request.POST.get("at", ""), words=words)
    found = charts.open_chart(person_of(request), encounter)
    return render(request, "workspace/finds.html", _found(found, words))


@require_GET
def attachment(request: HttpRequest, encounter: UUID, document: UUID) -> HttpResponse:
    """The file attached to a document, as the sender gave it."""
    file = charts.open_attachment(person_of(request), document)
    is_inline = file.media_type in SHOWN_INLINE
    answer = HttpResponse(file.content, content_type=file.media_type if is_inline else "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(not is_inline, f"document-{document}") or "attachment"
    return answer


def page(
    request: HttpRequest, encounter: UUID, key: str = "", *, words: str = "", extra: dict[str, object] | None = None
) -> HttpResponse:
    """The workspace with a document open; with htmx only what changes when a document is turned."""
    person = person_of(request)
    try:
        session = session_if_coding(person, encounter)
    except Conflict as error:
        return leave(request, encounter, error)
    opened = charts.open_chart(person, encounter)
    view = view_of(person, session)
    shown = _reading(request, opened, view, key)
    if request.htmx and key and not extra:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return render(request, "workspace/turned.html", {"chart": opened, "reading": shown, "codes": view})
    context = _frame(person, opened, session) | {"reading": shown, "at": shown.key if shown else ""}
    context |= pane(opened.encounter, view, request.GET.get("line", ""))
    context |= _found(opened, words) | (extra or {})
    return render(request, "workspace/page.html", context)


def _reading(request: HttpRequest, opened: OpenChart, view: SessionView | None, key: str) -> presenter.Reading | None:
    wanted = key or presenter.first_key(opened)
    found = presenter.place_asked(request.GET.get("at", ""))
    shown = presenter.reading(opened, wanted, evidence_marks(view, wanted), found)
    if shown is None and key:
        raise Denied("There is no such document in this chart.")
    return shown


def _frame(person: Person, opened: OpenChart, session: CodingSession | None) -> dict[str, object]:
    item = item_of(person, opened.encounter)
    return {
        "chart": opened,
        "heading": heading(opened, now(), item.due_at, session.opened_at if session else None, my_day(person)),
        "strip": presenter.strip(opened),
        "groups": presenter.groups(opened),
        "documents": presenter.document_count(opened.encounter),
    }


def _found(opened: OpenChart, words: str) -> dict[str, object]:
    matches = charts.find_in_chart(opened, words)
    return {"chart": opened, "words": words, "finds": presenter.places(opened, matches)}
