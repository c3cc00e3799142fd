"""Remittances as received, the double-entry journal, and denials. Every amount is integer cents."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.models import Claim, ClaimLine
from charthouse.apps.core.models import Record
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.practice.models import Payer


class Remittance(Record):
    """One check or transfer of an 835: TRN02, TRN03, BPR02. A payer's number is posted once."""

    class State(models.TextChoices):
        """Posted whole, or suspended whole; nothing is ever made to balance."""

        POSTED = "posted", "Posted"
        SUSPENDED = "suspended", "Suspended"
        DUPLICATE = "duplicate", "Already posted"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="remittances")
    payer = models.ForeignKey(Payer, models.PROTECT, null=True, blank=True, related_name="remittances")
    file = models.ForeignKey(InboundFile, models.PROTECT, related_name="remittances")
    payer_identifier = models.CharField(max_length=30)
    number = models.CharField(max_length=50)
    amount_cents = models.BigIntegerField(null=True)
    paid_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "payer_identifier", "number"],
                condition=models.Q(state="posted"),
                name="a_check_is_posted_once",
            )
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class RemittanceClaim(Record):
    """What a remittance says of one claim. `claim` is empty until it is matched; matching is never by name."""

    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="claims")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="remittance_claims")
    claim_number = models.CharField(max_length=38)
    payer_claim_number = models.CharField(max_length=50, blank=True)
    status_code = models.CharField(max_length=2)
    billed_cents = models.BigIntegerField(null=True)
    paid_cents = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, help_text="paid, reduced, denied, zero, reversed or suspended")
    problems = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.claim_number} {self.state}"


class RemittanceLine(Record):
    """What a remittance says of one service line."""

    remittance_claim = models.ForeignKey(RemittanceClaim, models.PROTECT, related_name="lines")
    claim_line = models.ForeignKey(ClaimLine, models.PROTECT, null=True, blank=True, related_name="remittance_lines")
    control = models.CharField(max_length=50, blank=True)
    code = models.CharField(max_length=10)
    billed_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.control} {self.code}"


class Adjustment(Record):
    """A CAS amount: group (CO, PR, OA, PI) and reason code, at a line or at the claim."""

    remittance_claim = models.ForeignKey(RemittanceClaim, models.PROTECT, related_name="adjustments")
    line = models.ForeignKey(RemittanceLine, models.PROTECT, null=True, blank=True, related_name="adjustments")
    group = models.CharField(max_length=2)
    reason = models.CharField(max_length=5)
    amount_cents = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.group}-{self.reason} {self.amount_cents}"


class Account(models.TextChoices):
    """Accounts of the journal. Assets and reductions grow by debit, income by credit."""

    PAYER_RECEIVABLE = "payer-receivable", "Payer owes"
    PATIENT_RECEIVABLE = "patient-receivable", "Patient owes"
    CASH = "cash", "Cash"
    REVENUE = "revenue", "Charges"
    CONTRACTUAL = "contractual", "Contract adjustments"


class JournalEntry(Record):
    """A balanced set of postings. Append-only: a mistake is reversed by another entry. `key` makes it happen once."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="journal_entries")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="journal_entries")
    remittance = models.ForeignKey(Remittance, models.PROTECT, null=True, blank=True, related_name="journal_entries")
    key = models.CharField(max_length=120, unique=True)
    memo = models.CharField(max_length=120)
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.memo


class Posting(models.Model):
    """One side of an entry: debit positive, credit negative; the postings of an entry add up to zero."""

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="postings")
    account = models.CharField(max_length=20, choices=Account.choices)
    amount_cents = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account} {self.amount_cents}"


class Denial(Record):
    """A denied line (or claim) as work: what was denied, why, and until when it can be answered."""

    class State(models.TextChoices):
        """Whether somebody has to act."""

        OPEN = "open", "To work"
        CLOSED = "closed", "Closed"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="denials")
    remittance_claim = models.ForeignKey(RemittanceClaim, models.PROTECT, related_name="denials")
    line = models.ForeignKey(ClaimLine, models.PROTECT, null=True, blank=True, related_name="denials")
    group = models.CharField(max_length=2)
    reason = models.CharField(max_length=5)
    amount_cents = models.BigIntegerField()
    answer_by = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    assigned_to = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="denials")

    class Meta:
        ordering = ["answer_by", "id"]

    def __str__(self) -> str:
        return f"{self.group}-{self.reason} {self.amount_cents}"
