"""Changing codes. Each view carries out one action and answers with the codes pane, or with the page again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding import actions
from charthouse.apps.coding.actions import Passage
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.core.errors import ActionError, Conflict, Invalid
from charthouse.apps.program.gate import GateClosed
from charthouse.web.people import person_of
from charthouse.web.presenters.hits import command_for
from charthouse.web.views.workspace.session import pane, view_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change did: the line to choose next, what else on the page must follow, what to say, where to go on."""

    line: str = ""
    events: tuple[str, ...] = ()
    said: str = ""
    go: str = ""


Intent = Callable[[Person, CodingSession], Outcome]


@require_POST
def add(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Add what was typed, or the result that was chosen."""
    text, code = request.POST.get("q", ""), request.POST.get("code", "")
    kind, _, value = code.partition(":")
    is_principal = request.POST.get("principal") == "1"
    events = ("code-added", "marks-changed") if is_principal else ("code-added",)

    def intent(person: Person, session: CodingSession) -> Outcome:
        typed = command_for(text, value) if value else text
        if kind == "dx" and value:
            made = actions.add_diagnosis(person, session.uid, typed, as_principal=is_principal)
            return Outcome(str(made.uid), events)
        if kind == "px" and value:
            return Outcome(str(actions.add_procedure(person, session.uid, typed).uid), events)
        entered = actions.enter(person, session.uid, typed, as_principal=is_principal)
        return Outcome(str(entered.uid), events)

    return carry_out(request, encounter, intent)


@require_POST
def line(request: HttpRequest, encounter: UUID, line: UUID, step: str) -> HttpResponse:
    """Change one line: where it stands, what is given of it, or take it off."""

    def intent(person: Person, session: CodingSession) -> Outcome:
        do = _STEPS.get((_kind_of(session, line), step))
        if do is None:
            raise Invalid("This line has no such change.", code="workspace.step")
        chosen = _neighbour(session, line) if step == "remove" else str(line)
        do(person, session, line, request)
        return Outcome(chosen, () if step in ("poa", "change") else ("marks-changed",))

    return carry_out(request, encounter, intent)


@require_POST
def evidence(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Support the chosen line with marked words."""

    def intent(person: Person, session: CodingSession) -> Outcome:
        chosen = _uuid(request.POST.get("line", ""), "Choose a code first.")
        _kind_of(session, chosen)
        actions.attach_evidence(person, chosen, _passage(request))
        return Outcome(str(chosen), ("marks-changed",))

    return carry_out(request, encounter, intent)


@require_POST
def evidence_off(request: HttpRequest, encounter: UUID, piece: UUID) -> HttpResponse:
    """Take a piece of evidence off its line."""

    def intent(person: Person, session: CodingSession) -> Outcome:
        if not session.evidence.filter(uid=piece).exists():
            raise Conflict("This evidence has been removed in the meantime.")
        actions.remove_evidence(person, piece)
        return Outcome(events=("marks-changed",))

    return carry_out(request, encounter, intent)


@require_POST
def mend(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Do what a finding offers: `<key>:<index>`."""
    key, _, index = request.POST.get("mend", "").partition(":")

    def intent(person: Person, session: CodingSession) -> Outcome:
        actions.apply_mend(person, session.uid, key, _number(index or "0", "mend"))
        return Outcome(events=("marks-changed",))

    return carry_out(request, encounter, intent)


@require_POST
def undo(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Take back the last change."""

    def intent(person: Person, session: CodingSession) -> Outcome:
        last = session.changes.first()
        actions.undo(person, session.uid)
        return Outcome(events=("marks-changed",), said=f"Taken back: {last.label}." if last else "")

    return carry_out(request, encounter, intent)


def carry_out(request: HttpRequest, encounter: UUID, intent: Intent) -> HttpResponse:
    """Carry out a change on a session that is as the page showed it, and answer; what was refused is said in words."""
    person = person_of(request)
    try:
        session = actions.open_session(person, encounter)
    except Conflict as error:
        return leave(request, encounter, error)
    try:
        with transaction.atomic():
            session = actions.open_session(person, encounter)
            refuse_stale(session, request.POST.get("revision", ""))
            outcome = intent(person, session)
    except GateClosed:
        raise
    except ActionError as error:
        return _answer(request, person, session, Outcome(), error)
    return go(request, outcome.go) if outcome.go else _answer(request, person, session, outcome)


def refuse_stale(session: CodingSession, revision: str) -> None:
    """Raise Conflict when the session has changed since the page was made."""
    if revision != str(session.revision):
        raise Conflict(
            "These codes have been changed elsewhere since this page was made.",
            code="coding.stale",
            mend="You see them as they are now; do it again if it is still wanted.",
        )


def leave(request: HttpRequest, encounter: UUID, error: ActionError) -> HttpResponse:
    """The chart cannot be coded here any more: show what is final, or say on the worklist why not."""
    if error.code == "coding.already-final":
        return go(request, reverse("workspace:done", args=[encounter]))
    messages.error(request, " ".join(part for part in (error.message, error.mend) if part))
    return go(request, reverse("worklists:list"))


def go(request: HttpRequest, where: str) -> HttpResponse:
    """Go on to another page, also from a request that only asked for a part of one."""
    return HttpResponseClientRedirect(where) if request.htmx else redirect(where)  # type: ignore[attr-defined]


def _answer(
    request: HttpRequest, person: Person, session: CodingSession, outcome: Outcome, error: ActionError | None = None
) -> HttpResponse:
    view = view_of(person, session)
    done = outcome.said or (f"{view.undo_label}." if view and view.undo_label else "")
    chosen = outcome.line or request.POST.get("line", "")
    if not request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return _back(request, session, chosen, done, error)
    context = pane(session.encounter, view, chosen) | {"error": error, "said": "" if error else done}
    # What the page knew when it was made stays what its forms say.
    context |= {name: request.POST.get(name, "") for name in ("documents", "at")}
    status = 200 if error is None else 409 if isinstance(error, Conflict) else 400
    answer = render(request, "workspace/changed.html", context, status=status)
    for event in outcome.events:
        trigger_client_event(answer, event, after="settle")
    return answer


def _back(
    request: HttpRequest, session: CodingSession, chosen: str, done: str, error: ActionError | None
) -> HttpResponse:
    if error:
        messages.error(request, " ".join(part for part in (error.message, error.mend) if part))
    elif done:
        messages.success(request, done)
    encounter, at = session.encounter.uid, request.POST.get("at", "")
    try:
        where = reverse("workspace:document", args=[encounter, UUID(at)])
    except ValueError:
        where = reverse("workspace:open", args=[encounter])
    return redirect(f"{where}?line={chosen}" if chosen else where)


def _kind_of(session: CodingSession, line: UUID) -> str:
    if session.diagnoses.filter(uid=line).exists():
        return "dx"
    if session.procedures.filter(uid=line).exists():
        return "px"
    raise Conflict("This line has been removed in the meantime.", code="coding.line-gone")


def _neighbour(session: CodingSession, line: UUID) -> str:
    """The line that stands where this one stood once it is gone: the next of its kind, else the one before."""
    of_kind = session.diagnoses if session.diagnoses.filter(uid=line).exists() else session.procedures
    lines = list(of_kind.order_by("position").values_list("uid", flat=True))
    place = lines.index(line)
    near = [*lines[place + 1 :], *reversed(lines[:place])]
    return str(near[0]) if near else ""


def _passage(request: HttpRequest) -> Passage:
    given = request.POST
    try:
        return Passage(
            document_uid=UUID(given.get("document", "")),
            section=int(given.get("section", "")),
            start=int(given.get("start", "")),
            end=int(given.get("end", "")),
            quote=given.get("quote", ""),
        )
    except ValueError:
        raise Invalid("Mark words in the text first.", field="evidence") from None


def _move(by: int) -> Step:
    def step(person: Person, session: CodingSession, line: UUID, request: HttpRequest) -> None:
        position = session.diagnoses.get(uid=line).position
        actions.move_diagnosis(person, line, position + by)

    return step


def _first(person: Person, session: CodingSession, line: UUID, request: HttpRequest) -> None:
    actions.move_diagnosis(person, line, 1)


def _poa(person: Person, session: CodingSession, line: UUID, request: HttpRequest) -> None:
    actions.set_poa(person, line, request.POST.get("poa", ""))


def _remove_diagnosis(person: Person, session: CodingSession, line: UUID, request: HttpRequest) -> None:
    actions.remove_diagnosis(person, line)


def _remove_procedure(person: Person, session: CodingSession, line: UUID, request: HttpRequest) -> None:
    actions.remove_procedure(person, line)


def _change_procedure(person: Person, session: CodingSession, line: UUID, request: HttpRequest) -> None:
    given = request.POST
    actions.change_procedure(
        person,
        line,
        modifiers=given.get("modifiers", "").replace(",", " ").replace("-", " ").split(),
        units=_number(given.get("units", ""), "units"),
        service_date=_date(given["service_date"]) if given.get("service_date") else None,
        provider_uid=_uuid(given["provider"], "Choose a provider.") if given.get("provider") else None,
    )
    wanted = given.get("pointers", "").replace(" ", ",").split(",")
    actions.set_pointers(person, line, [_number(text, "pointers") for text in wanted if text])


Step = Callable[[Person, CodingSession, UUID, HttpRequest], None]
_STEPS: dict[tuple[str, str], Step] = {
    ("dx", "up"): _move(-1),
    ("dx", "down"): _move(1),
    ("dx", "first"): _first,
    ("dx", "poa"): _poa,
    ("dx", "remove"): _remove_diagnosis,
    ("px", "change"): _change_procedure,
    ("px", "remove"): _remove_procedure,
}


def _number(text: str, field: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit() and len(text) < 9):
        raise Invalid(f"“{text[:12]}” is not a whole number.", field=field)
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"“{text[:12]}” is not a day.", field="service_date") from None


def _uuid(text: str, otherwise: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(otherwise) from None
