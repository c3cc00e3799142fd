"""The gate: may this person open charts of this organization now, and if not, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.accounts.selectors import organization_ids
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.agreements import reading_minutes
from charthouse.apps.program.models import AgreementKind, AgreementVersion, Signature
from charthouse.apps.program.selectors import versions_in_force

RULE = "No signature, no chart."


class ChartRef(Protocol):
    """What the gate needs to know of a chart: whose it is, which kind, which one."""

    organization_id: int
    kind: str
    uid: UUID


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is missing: what, why, by which rule, and the way to mend it (URL name and arguments)."""

    code: str
    title: str
    why: str
    rule: str
    mend_label: str = ""
    mend_route: str = ""
    mend_args: tuple[str, ...] = ()
    minutes: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that is in order, since when."""

    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """Open or closed, what is missing and what is done."""

    open: bool
    reasons: tuple[Reason, ...] = ()
    done: tuple[Done, ...] = ()


class GateClosed(Denied):
    """A chart was asked for while the gate is closed; `decision` says what is missing."""

    code = "program.gate-closed"

    def __init__(self, decision: Decision) -> None:
        missing = "; ".join(reason.title for reason in decision.reasons)
        mend = decision.reasons[0].mend_label if decision.reasons else ""
        super().__init__(f"You cannot open charts yet: {missing}.", mend=mend)
        self.decision = decision


def check(person: Person, organization_id: int, chart: ChartRef | None = None) -> Decision:
    """Decide from what is stored at this moment; nothing is remembered between two calls."""
    owner = chart.organization_id if chart else organization_id
    barred = _barred(person, owner)
    if barred:
        return Decision(False, (barred,))
    if not person.is_remote:
        return Decision(True)
    reasons, done = _agreements(person, owner)
    return Decision(not reasons, reasons, done)


def _barred(person: Person, organization_id: int) -> Reason | None:
    # Asked anew: a session may hold a person as they were before they were switched off.
    if not Person.objects.filter(pk=person.pk, is_active=True).exists():
        why = "Nobody opens charts with an account that has been switched off."
        return Reason("program.inactive", "Your account is not active", why, RULE, who="IT can switch it on.")
    if organization_id not in organization_ids(person):
        why = "You hold no role in the organization these charts belong to."
        return Reason("program.no-role", "You do not work for this organization", why, RULE, who="IT gives roles.")
    return None


def _agreements(person: Person, organization_id: int) -> tuple[tuple[Reason, ...], tuple[Done, ...]]:
    in_force = versions_in_force(organization_id)
    signed = _signed(person, organization_id)
    reasons, done = [], []
    for kind in AgreementKind:
        agreement = in_force.get(kind)
        signature = signed.get((kind, agreement.version)) if agreement else None
        if agreement and signature:
            title = f"{agreement.title}, version {agreement.version}"
            done.append(Done(title, timezone.localdate(signature.signed_at)))
        else:
            versions = [version for of_kind, version in signed if of_kind == kind]
            reasons.append(
                _unsigned(agreement, max(versions, default=0)) if agreement else _unpublished(kind, organization_id)
            )
    return tuple(reasons), tuple(done)


def _signed(person: Person, organization_id: int) -> dict[tuple[str, int], Signature]:
    found = Signature.objects.filter(person=person, agreement__organization_id=organization_id)
    rows = found.select_related("agreement").only("signed_at", "person_id", "agreement__kind", "agreement__version")
    return {(row.agreement.kind, row.agreement.version): row for row in rows}


def _unsigned(agreement: AgreementVersion, signed_version: int) -> Reason:
    day = f"{agreement.effective_from.day} {agreement.effective_from:%b %Y}"
    own = f"Your signature is on version {signed_version}." if signed_version else "You have not signed it yet."
    return Reason(
        code=f"program.unsigned-{agreement.kind}",
        title=f"Sign the {agreement.title[:1].lower()}{agreement.title[1:]}",
        why=f"Version {agreement.version} took effect on {day}. {own}",
        rule=RULE,
        mend_label="Read and sign",
        mend_route="program:agreement",
        mend_args=(agreement.kind,),
        minutes=reading_minutes(agreement),
        who="You do this.",
    )


def _unpublished(kind: AgreementKind, organization_id: int) -> Reason:
    name = Organization.objects.get(pk=organization_id).name
    return Reason(
        code=f"program.unpublished-{kind.value}",
        title=f"The {kind.label.lower()} has not been published",
        why=f"{name} has no text in force that you could sign.",
        rule=RULE,
        who="Compliance publishes it.",
    )
