"""What came back on the coder's own work."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.quality import actions, selectors
from charthouse.web.people import person_of


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """Findings on my coding, open ones first."""
    return render(request, "quality/findings.html", {"rows": selectors.my_findings(person_of(request))})


@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Agree, or dispute with a reason."""
    agreed = request.POST.get("answer") == "agree"
    actions.answer(person_of(request), uid, agreed, request.POST.get("text", ""))
    return redirect("quality:findings")
