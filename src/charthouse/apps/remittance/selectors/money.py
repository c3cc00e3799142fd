"""The money of one claim: what became of each line, and its journal with a running balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charthouse.apps.accounts.models import Person
from charthouse.apps.billing.models import Claim, ClaimLine
from charthouse.apps.billing.selectors import claim_for
from charthouse.apps.remittance.journal import RECEIVABLES, balance
from charthouse.apps.remittance.models import (
    Account,
    Adjustment,
    Denial,
    JournalEntry,
    Remittance,
    RemittanceLine,
)
from charthouse.apps.remittance.sums import CONTRACT
from charthouse.kit import Money

_NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class LineMoney:
    """A line (None: the claim as a whole) after every posted remittance; `reasons` are `CO-45` with their amounts."""

    line: ClaimLine | None
    billed: Money
    paid: Money
    co: Money
    pr: Money
    oa: Money
    reasons: tuple[tuple[str, Money], ...]
    result: str

    @property
    def allowed(self) -> Money:
        """What payer and patient pay together."""
        return self.paid + self.pr

    @property
    def adds_up(self) -> bool:
        """Whether billed = paid + CO + PR + OA; a line without an answer has nothing to add up."""
        return self.result == WAITS or self.billed == self.paid + self.co + self.pr + self.oa


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An entry as it changes what is owed on the claim; moving a part to the patient changes nothing."""

    at: datetime
    memo: str
    amount: Money
    debit: Money
    credit: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class ClaimMoney:
    """Everything about a claim's money."""

    lines: tuple[LineMoney, ...]
    total: LineMoney
    journal: tuple[JournalRow, ...]
    payer_owes: Money
    patient_owes: Money

    @property
    def owed(self) -> Money:
        """What is still open."""
        return self.payer_owes + self.patient_owes


WAITS = "Waits"


def claim_money(person: Person, claim: Claim) -> ClaimMoney:
    """The money of a claim the person may see, of its latest version."""
    known = claim_for(person, claim.uid)
    version = known.versions.order_by("-version")[0]
    told = RemittanceLine.objects.filter(
        remittance_claim__claim=known, remittance_claim__remittance__state=Remittance.State.POSTED
    )
    adjustments = Adjustment.objects.filter(
        remittance_claim__claim=known, remittance_claim__remittance__state=Remittance.State.POSTED
    )
    denied = set(Denial.objects.filter(claim=known).values_list("line_id", flat=True))
    answers, reasons = list(told), list(adjustments)
    by_line = {row.pk: row.claim_line_id for row in answers}
    lines = tuple(
        _line_money(
            line,
            [row for row in answers if row.claim_line_id == line.pk],
            [one for one in reasons if one.line_id and by_line.get(one.line_id) == line.pk],
            line.pk in denied or None in denied,
        )
        for line in version.lines.all()
    )
    paid = Money.total(
        Money(row.paid_cents or 0) for row in known.remittance_claims.filter(remittance__state=Remittance.State.POSTED)
    )
    return ClaimMoney(
        lines=lines,
        total=_total(Money(version.total_cents), paid, reasons, bool(denied), bool(answers or reasons or paid)),
        journal=_journal(known),
        payer_owes=balance(known, Account.PAYER_RECEIVABLE),
        patient_owes=balance(known, Account.PATIENT_RECEIVABLE),
    )


def _line_money(
    line: ClaimLine, answers: Sequence[RemittanceLine], adjustments: Sequence[Adjustment], is_denied: bool
) -> LineMoney:
    paid = Money(sum(row.paid_cents for row in answers))
    return _sum(line, Money(line.charge_cents), paid, adjustments, _word(answers, paid, adjustments, is_denied))


def _total(
    billed: Money, paid: Money, adjustments: Sequence[Adjustment], is_denied: bool, is_answered: bool
) -> LineMoney:
    word = WAITS if not is_answered else "Denied in part" if is_denied and paid else "Denied" if is_denied else "Paid"
    return _sum(None, billed, paid, adjustments, word)


def _sum(
    line: ClaimLine | None, billed: Money, paid: Money, adjustments: Sequence[Adjustment], result: str
) -> LineMoney:
    return LineMoney(
        line=line,
        billed=billed,
        paid=paid,
        co=_of_group(adjustments, "CO"),
        pr=_of_group(adjustments, "PR"),
        oa=Money(sum(one.amount_cents for one in adjustments if one.group not in ("CO", "PR"))),
        reasons=tuple((f"{one.group}-{one.reason}", Money(one.amount_cents)) for one in adjustments),
        result=result,
    )


def _of_group(adjustments: Sequence[Adjustment], group: str) -> Money:
    return Money(sum(one.amount_cents for one in adjustments if one.group == group))


def _word(answers: Sequence[RemittanceLine], paid: Money, adjustments: Sequence[Adjustment], is_denied: bool) -> str:
    if not answers:
        return "Denied" if is_denied else WAITS
    if is_denied and not paid:
        return "Denied"
    if not paid:
        return "To the patient" if _of_group(adjustments, "PR") else "Nothing paid"
    disputed = any(one.group != "PR" and (one.group, one.reason) not in CONTRACT for one in adjustments)
    return "Reduced" if disputed else "Paid"


def _journal(claim: Claim) -> tuple[JournalRow, ...]:
    rows, owed = [], _NOTHING
    for entry in JournalEntry.objects.filter(claim=claim).prefetch_related("postings"):
        sides = list(entry.postings.all())
        change = Money(sum(side.amount_cents for side in sides if side.account in RECEIVABLES))
        amount = Money(sum(side.amount_cents for side in sides if side.amount_cents > 0))
        owed += change
        debit, credit = (change, _NOTHING) if change > _NOTHING else (_NOTHING, -change)
        rows.append(JournalRow(entry.posted_at, entry.memo, amount, debit, credit, owed))
    return tuple(rows)
