"""Charges, claims, their versions and lines, and the time line of every claim."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Organization
from charthouse.apps.charts.models import Coverage, Encounter
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.fields import EncryptedJSONField
from charthouse.apps.core.models import Record
from charthouse.apps.exchange.models import OutboundInterchange
from charthouse.apps.practice.models import Payer
from charthouse.kit import Money


class ClaimState(models.TextChoices):
    """States of a claim (domain states 11 to 22). After SENT only answers move it."""

    HELD = "held", "Held, needs work"
    READY = "ready", "Ready to send"
    QUEUED = "queued", "In the outbox"
    SENT = "sent", "Sent"
    RECEIVED = "received", "Received, 999 accepted"
    ACCEPTED = "accepted", "Accepted by the payer"
    REJECTED = "rejected", "Rejected before adjudication"
    PAID = "paid", "Paid"
    PARTLY_PAID = "partly-paid", "Partly paid"
    DENIED = "denied", "Denied"


class Charge(Record):
    """A service priced from the charge master on its date."""

    summary = models.ForeignKey(CodingSummary, models.PROTECT, related_name="charges")
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="charges")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    modifiers = models.JSONField(default=list)
    label = models.CharField(max_length=120)
    units = models.PositiveIntegerField()
    unit_price_cents = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    service_date = models.DateField()
    pointers = models.JSONField(default=list, help_text="diagnosis positions, main first")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} x{self.units}"


class Claim(Record):
    """A claim to one payer for one encounter. `number` is CLM01: unique for ever, says nothing of the patient."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="claims")
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="claims")
    summary = models.ForeignKey(CodingSummary, models.PROTECT, related_name="claims")
    coverage = models.ForeignKey(Coverage, models.PROTECT, null=True, blank=True, related_name="claims")
    payer = models.ForeignKey(Payer, models.PROTECT, null=True, blank=True, related_name="claims")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=12, choices=ClaimState.choices)
    payer_claim_number = models.CharField(max_length=50, blank=True)
    billed_cents = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organization", "state"])]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def billed(self) -> Money:
        """Total charge of the current version."""
        return Money(self.billed_cents)


class ClaimVersion(Record):
    """A claim as it was or will be sent. Once it has an interchange it is never changed."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    frequency = models.CharField(max_length=1, default="1")
    total_cents = models.BigIntegerField()
    content = EncryptedJSONField(help_text="the typed 837P claim as data")
    sha256 = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    interchange = models.ForeignKey(
        OutboundInterchange, models.PROTECT, null=True, blank=True, related_name="claim_versions"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "version"], name="one_claim_version")]
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.claim_id} version {self.version}"


class ClaimLine(Record):
    """A service line; `control` is REF*6R, by which answers find it again."""

    version = models.ForeignKey(ClaimVersion, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    control = models.CharField(max_length=30, unique=True)
    code = models.CharField(max_length=5)
    modifiers = models.JSONField(default=list)
    label = models.CharField(max_length=120, blank=True)
    units = models.PositiveIntegerField()
    charge_cents = models.BigIntegerField()
    service_date = models.DateField()
    pointers = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.control} {self.code}"


class ClaimEvent(Record):
    """One step of a claim's time line: from which state to which, by what answer or person."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="timeline")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    source = models.CharField(max_length=12, help_text="coding, person, delivery, TA1, 999, 277CA, 835")
    reference = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.from_state} > {self.to_state} by {self.source}"
