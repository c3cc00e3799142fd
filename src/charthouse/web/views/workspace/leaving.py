"""Coming to a chart and leaving it: the next one, finalising, handing back, and the page after."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.selectors import readable_encounter
from charthouse.apps.coding import actions
from charthouse.apps.coding.errors import FindingsOpen
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.coding.selectors import latest_summary, my_day
from charthouse.apps.core.errors import Conflict
from charthouse.apps.worklists import actions as worklists
from charthouse.apps.worklists.selectors import item_of
from charthouse.web.people import person_of
from charthouse.web.presenters.chart import document_count
from charthouse.web.views.workspace.changes import Outcome, carry_out, go


@require_POST
def next_chart(request: HttpRequest) -> HttpResponse:
    """Hand out the chart to code next and open it."""
    try:
        item = worklists.pull_next(person_of(request))
    except Conflict as error:
        messages.info(request, " ".join(part for part in (error.message, error.mend) if part))
        return redirect("worklists:list")
    return redirect("workspace:open", encounter=item.encounter.uid)


@require_POST
def present(request: HttpRequest) -> HttpResponse:
    """Somebody is reading: being asked is all, the session guard notes it."""
    return HttpResponse(status=204)


@require_POST
def finalise(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Check once more and make the coding final."""

    def intent(person: Person, session: CodingSession) -> Outcome:
        if request.POST.get("documents", "") != str(document_count(session.encounter)):
            messages.warning(request, "A document came in while you were coding. Read it, then finalise.")
            return Outcome(go=reverse("workspace:open", args=[encounter]))
        try:
            actions.finalise(person, session.uid, session.revision)
        except FindingsOpen as error:
            # What stops it stands above with its mends; the command line has room for few words.
            count = len(error.findings)
            raise Conflict(f"Not final: {count} stop{'s' if count > 1 else ''} left.", code=error.code) from error
        return Outcome(go=reverse("workspace:done", args=[encounter]))

    return carry_out(request, encounter, intent)


@require_POST
def hand_back(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Give the chart back to the list; what was coded stays with it."""
    person = person_of(request)
    worklists.hand_back(person, item_of(person, readable_encounter(person, encounter)).uid)
    messages.success(request, "Handed back. What you coded stays with the chart.")
    return go(request, reverse("worklists:list"))


@require_GET
def done(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """A coding that is final: its codes, and the way to the next chart."""
    person = person_of(request)
    context = {"summary": latest_summary(person, encounter), "day": my_day(person)}
    return render(request, "workspace/done.html", context)
