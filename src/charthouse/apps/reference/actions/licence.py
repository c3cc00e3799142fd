"""The CPT licence: stated and attested to by its holder before a CPT file is let in; seats are counted against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import Conflict, Invalid
from charthouse.apps.reference.models import CptLicence, CptSeat
from charthouse.apps.reference.policies import refuse_others
from charthouse.apps.reference.selectors.cpt import has_only_made_up_codes, in_force, licence_in_force, seats
from charthouse.apps.reference.selectors.cpt import is_made_up as is_made_up_release
from charthouse.kit import Refusal

if TYPE_CHECKING:
    from charthouse.engines.codesets.loading import Recognised

NOTICE = (
    "CPT is a registered trademark of the American Medical Association, which owns its codes and descriptors. "
    "Charthouse ships none of them. I state that the holder named here has a licence from the American Medical "
    "Association for this use, for the days and the number of people given, and that files loaded under it come "
    "from the Association. Descriptors are shown to people with a seat only."
)
MOST_SEATS = 100_000


@dataclass(frozen=True, slots=True)
class LicenceTerms:
    """What the holder of a licence states."""

    holder: str
    number: str
    seats: int
    starts: date
    expires: date
    product: str = "CPT"


def permit(what: Recognised) -> Refusal | None:
    """Why a file may not be loaded here: CPT without a licence in force, or beside made-up codes, which need none."""
    if what.table.value != "cpt":
        return None
    if what.is_made_up or licence_in_force(today()):
        return _refuse_mixing(is_made_up=what.is_made_up)
    message = "CPT belongs to the American Medical Association, and no licence in force is stated here."
    mend = "State the licence first: on the page Code sets, or with charthouse codes licence."
    return Refusal("", "", "codesets.cpt-licence", message, mend)


def _refuse_mixing(*, is_made_up: bool) -> Refusal | None:
    """Made-up codes and CPT never stand side by side: one would answer on days that the other leaves open."""
    beside = [one.uid for one in in_force() if is_made_up_release(one) is not is_made_up]
    if not beside:
        return None
    message = "CPT is loaded here." if is_made_up else "The made-up codes are still loaded."
    mend = (
        "Try the made-up codes on another installation."
        if is_made_up
        else "Withdraw each of them first, then load CPT."
    )
    return Refusal(
        "", "", "codesets.cpt-mixed", f"{message} The two never stand side by side.", mend, ", ".join(beside)
    )


@transaction.atomic
def state_licence(person: Person | None, terms: LicenceTerms, *, attests: bool) -> CptLicence:
    """Keep what the holder states; it takes the place of any earlier statement. Invalid unless it is attested to."""
    refuse_others(person)
    _check(terms, attests=attests)
    licence = CptLicence.objects.create(
        holder=terms.holder.strip(),
        number=terms.number.strip(),
        product=terms.product.strip(),
        seats=terms.seats,
        starts=terms.starts,
        expires=terms.expires,
        attested_by=person,
        attested_at=now(),
        notice=NOTICE,
    )
    until = licence.expires.isoformat()
    record("reference.licence.stated", licence, detail={"seats": licence.seats, "until": until})
    return licence


@transaction.atomic
def give_seat(person: Person | None, to: Person) -> CptSeat:
    """Give somebody a seat; Conflict without a licence in force or when all of its seats are taken.

    Giving it twice changes nothing. For made-up codes no licence counts the seats.
    """
    refuse_others(person)
    # One at a time: two that are given together must not both take the last one.
    licences = CptLicence.objects.select_for_update().order_by("-id")[:1]
    list(licences)
    known = CptSeat.objects.filter(person=to, ended_at__isnull=True).first()
    if known is not None:
        return known
    if not to.is_active:
        raise Conflict("This person is not active any more.", code="reference.seat-of-nobody")
    _check_free()
    seat = CptSeat.objects.create(person=to, given_by=person)
    record("reference.seat.given", seat, detail={"person": str(to.uid)})
    return seat


@transaction.atomic
def take_seat(person: Person | None, of: Person) -> None:
    """End somebody's seat; nothing changes when there is none."""
    refuse_others(person)
    for seat in CptSeat.objects.select_for_update().filter(person=of, ended_at__isnull=True):
        seat.ended_at = now()
        seat.save(update_fields=["ended_at"])
        record("reference.seat.ended", seat, detail={"person": str(of.uid)})


def _check_free() -> None:
    licence = licence_in_force(today())
    if licence is None:
        if has_only_made_up_codes():
            return
        raise Conflict(
            "No CPT licence in force is stated.",
            code="reference.no-licence",
            mend="State the licence, then give its seats.",
        )
    if seats().count() >= licence.seats:
        raise Conflict(
            f"All {licence.seats} seats of the licence are taken.",
            code="reference.no-seat-free",
            mend="End a seat first, or state a licence with more.",
        )


def _check(terms: LicenceTerms, *, attests: bool) -> None:
    for field, text, most in (("holder", terms.holder, 120), ("number", terms.number, 60)):
        if not 0 < len(text.strip()) <= most:
            raise Invalid(f"The {field} is missing or longer than {most} characters.", field=field)
    if len(terms.product) > 120:
        raise Invalid("The product is longer than 120 characters.", field="product")
    if not 1 <= terms.seats <= MOST_SEATS:
        raise Invalid("A licence has at least one seat.", field="seats", code="reference.seats")
    if terms.expires < terms.starts:
        raise Invalid("The licence would end before it starts.", field="expires", code="reference.licence-days")
    if not attests:
        raise Invalid(
            "The statement has to be attested to.",
            field="attest",
            code="reference.not-attested",
            mend="Read it, and say that it is so.",
        )
