"""The gate page, agreements to read and sign, signed copies, and the register."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from charthouse.apps.accounts.confirm import confirm
from charthouse.apps.accounts.models import Role
from charthouse.apps.accounts.selectors import has_role
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.program import selectors
from charthouse.apps.program.actions import sign
from charthouse.apps.program.agreements import shown
from charthouse.apps.program.gate import Decision, check
from charthouse.apps.program.models import AgreementKind, AgreementVersion
from charthouse.web.people import organization_of, person_of


@require_GET
def gate(request: HttpRequest) -> HttpResponse:
    """What stands between the person and the charts, or that nothing does."""
    return gate_page(request, check(person_of(request), organization_of(request).pk))


def gate_page(request: HttpRequest, decision: Decision, status: int = 200) -> HttpResponse:
    """Render a decision of the gate; also the answer when somebody asks for a chart and the gate is closed."""
    steps = len(decision.reasons) + len(decision.done)
    context = {
        "decision": decision,
        "steps": [True] * len(decision.done) + [False] * len(decision.reasons),
        "step_count": steps,
        "opens_charts": has_role(person_of(request), Role.CODER, Role.MANAGER),
        "signatures": selectors.signatures_of(person_of(request)),
    }
    return render(request, "program/gate.html", context, status=status)


def agreement(request: HttpRequest, kind: str) -> HttpResponse:
    """Read an agreement and sign it."""
    current = _current(request, kind)
    if request.method == "POST":
        return _sign(request, current)
    return _agreement_page(request, current)


@require_GET
def signature(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The signed copy: the exact text, with name, time, place and digest."""
    signed = selectors.signature(person_of(request), uid)
    return render(request, "program/signature.html", {"signature": signed})


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Who has signed which version, and who has not."""
    return render(request, "program/register.html", {"rows": selectors.register(person_of(request))})


def _current(request: HttpRequest, kind: str) -> AgreementVersion:
    if kind not in AgreementKind.values:
        raise Denied("There is no such agreement.")
    found = selectors.current_agreement(organization_of(request).pk, AgreementKind(kind))
    if found is None:
        raise Denied("There is no such agreement.")
    return found


def _sign(request: HttpRequest, current: AgreementVersion) -> HttpResponse:
    person = person_of(request)
    try:
        sign(
            person,
            current,
            typed_name=request.POST.get("typed_name", ""),
            consent=request.POST.get("consent") == "yes",
            reauthenticated_by=confirm(request, person, request.POST.get("secret", "")),
            address=request.META.get("REMOTE_ADDR", ""),
            device=request.headers.get("User-Agent", "")[:200],
        )
    except Invalid as error:
        return _agreement_page(request, current, error)
    messages.success(request, f"You signed the {current.title.lower()}, version {current.version}.")
    return redirect("program:gate")


def _agreement_page(request: HttpRequest, current: AgreementVersion, error: Invalid | None = None) -> HttpResponse:
    person = person_of(request)
    context = {
        "agreement": current,
        "text": shown(current, person),
        "error": error,
        "signed": next((s for s in selectors.signatures_of(person) if s.agreement_id == current.pk), None),
        "typed_name": request.POST.get("typed_name", ""),
    }
    return render(request, "program/agreement.html", context, status=400 if error else 200)
