"""The list of claims in its views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from charthouse.apps.accounts.models import Person
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.billing.selectors.lookup import claims_of
from charthouse.apps.charts.selectors import PatientHeader, patient_headers
from charthouse.kit import Money

VIEWS: dict[str, tuple[ClaimState, ...]] = {
    "to-send": (ClaimState.READY,),
    "to-mend": (ClaimState.HELD, ClaimState.REJECTED),
    "out": (ClaimState.QUEUED, ClaimState.SENT, ClaimState.RECEIVED, ClaimState.ACCEPTED),
    "answered": (ClaimState.PAID, ClaimState.PARTLY_PAID, ClaimState.DENIED),
    "all": tuple(ClaimState),
}
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list; `patient` is None while the person's gate is closed."""

    claim: Claim
    uid: UUID
    number: str
    patient: PatientHeader | None
    payer_name: str
    service_from: date | None
    service_to: date | None
    billed: Money
    state: ClaimState

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.state.label)


def claims(person: Person, view: str = "all") -> list[ClaimRow]:
    """Claims of a view, youngest first; an unknown view is all of them."""
    states = VIEWS.get(view, VIEWS["all"])
    rows = claims_of(person).filter(state__in=states).select_related("payer", "encounter__patient", "coverage")
    found = list(rows[:MOST_ROWS])
    headers = patient_headers(person, [claim.encounter for claim in found])
    return [row_of(claim, headers.get(claim.encounter_id)) for claim in found]


def row_of(claim: Claim, patient: PatientHeader | None) -> ClaimRow:
    """One row."""
    told = claim.coverage.payer_name if claim.coverage else ""
    return ClaimRow(
        claim=claim,
        uid=claim.uid,
        number=claim.number,
        patient=patient,
        payer_name=claim.payer.name if claim.payer else told,
        service_from=claim.encounter.service_from,
        service_to=claim.encounter.service_to,
        billed=claim.billed,
        state=ClaimState(claim.state),
    )


def counts(person: Person) -> dict[str, int]:
    """How many claims each view holds."""
    grouped = claims_of(person).order_by().values_list("state").annotate(count=Count("id"))
    by_state = dict(grouped)
    return {view: sum(by_state.get(state, 0) for state in states) for view, states in VIEWS.items()}
