"""Remittances for tests: written as 835 files, so that they come in the way real ones do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import Claim
from charthouse.apps.exchange import inbound
from charthouse.apps.exchange.models import Channel, InboundFile
from charthouse.apps.exchange.outbox import deliver_due
from charthouse.apps.practice.models import Payer
from charthouse.engines import x12
from charthouse.kit import Money
from tests.apps import builders

_controls = count(1)
Cas = tuple[str, str, int]
PAYER_ID = "1999888777"


def sent_claim(practice: Organization, biller: Person, by: Payer | None = None) -> Claim:
    """A claim that has been delivered."""
    claim = builders.claim(practice, by=by)
    send_claims(biller, [str(claim.uid)])
    deliver_due()
    claim.refresh_from_db()
    return claim


def paid_line(claim: Claim, position: int, paid: int, *cas: Cas) -> x12.RemittanceLine:
    """What a payer says of a line of ours: paid cents and adjustments."""
    own = claim.versions.order_by("-version")[0].lines.get(position=position)
    return x12.RemittanceLine(
        procedure=own.code,
        billed=Money(own.charge_cents),
        paid=Money(paid),
        adjustments=adjustments(*cas),
        control_number=own.control,
    )


def adjustments(*cas: Cas) -> tuple[x12.Adjustment, ...]:
    """CAS triplets."""
    return tuple(x12.Adjustment(group, reason, Money(cents)) for group, reason, cents in cas)


def decision(
    claim: Claim, *lines: x12.RemittanceLine, status: str = "1", cas: Sequence[Cas] = (), paid: int | None = None
) -> x12.RemittanceClaim:
    """What a payer says of a claim; paid is what the lines and adjustments come to unless it is named."""
    on_lines = sum(line.paid.cents for line in lines if line.paid) - sum(cents for _, _, cents in cas)
    billed = Money.total(line.billed for line in lines if line.billed) if lines else claim.billed
    return x12.RemittanceClaim(
        patient_control_number=claim.number,
        status=status,
        billed=billed,
        paid=Money(on_lines if paid is None else paid),
        payer_control_number="NS88120467",
        adjustments=adjustments(*cas),
        lines=lines,
    )


def reversal(of: x12.RemittanceClaim) -> x12.RemittanceClaim:
    """The same decision taken back (status 22)."""

    def minus(amount: Money | None) -> Money | None:
        return -amount if amount is not None else None

    def taken_back(row: tuple[x12.Adjustment, ...]) -> tuple[x12.Adjustment, ...]:
        return tuple(replace(one, amount=minus(one.amount)) for one in row)

    lines = tuple(
        replace(line, billed=minus(line.billed), paid=minus(line.paid), adjustments=taken_back(line.adjustments))
        for line in of.lines
    )
    return replace(
        of,
        status="22",
        billed=minus(of.billed),
        paid=minus(of.paid),
        adjustments=taken_back(of.adjustments),
        lines=lines,
    )


def check(
    *claims: x12.RemittanceClaim, number: str = "7731904", amount: int | None = None, plb: int = 0
) -> x12.Remittance:
    """One check over claims; the amount is what adds up unless it is named."""
    total = sum(one.paid.cents for one in claims if one.paid) - plb
    return x12.Remittance(
        number=number,
        originator=PAYER_ID,
        amount=Money(total if amount is None else amount),
        paid_on=date(2026, 11, 23),
        payer=x12.RemittancePayer("TEST PAYER", x12.Address("1 WAY", "PORTLAND", "ME", "04101"), contact_name="DESK"),
        payee=x12.RemittancePayee("TEST PRACTICE", "1234567893"),
        claims=claims,
        provider_adjustments=(
            (x12.ProviderAdjustment("1234567893", date(2026, 12, 31), "WO", Money(plb)),) if plb else ()
        ),
    )


def as_file(*remittances: x12.Remittance) -> bytes:
    """The checks as one 835 file."""
    control = next(_controls)
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    sets = tuple(x12.TransactionSet("835", f"{n:04d}", one) for n, one in enumerate(remittances, start=1))
    us, them = x12.PartyId("ZZ", "TESTSUB"), x12.PartyId("ZZ", "PAYER")
    group = x12.Group("HP", "PAYER", "TESTSUB", control, "005010X221A1", sets)
    return x12.write_interchange(x12.Interchange(them, us, control, at, "T", (group,)))


def receive(channel: Channel, *remittances: x12.Remittance, name: str = "835.edi") -> InboundFile:
    """Take the checks in as one file of a payer."""
    return inbound.take(channel, name, as_file(*remittances))


def channel_of(claim: Claim) -> Channel:
    """The channel a claim went out on."""
    assert claim.payer
    return claim.payer.channel
