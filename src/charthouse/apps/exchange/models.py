"""Files taken in, channels to payers, control numbers and the outbox."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Organization
from charthouse.apps.core.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField
from charthouse.apps.core.models import Record


class Channel(Record):
    """A way to a trading partner: a folder here, SFTP later. Ids are those of ISA and GS."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="channels")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    sender_id = models.CharField(max_length=15)
    receiver_id = models.CharField(max_length=15)
    is_production = models.BooleanField(default=False, help_text="ISA15 P instead of T")
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class ControlNumber(models.Model):
    """The last control number given out on a channel; read and raised inside the transaction that uses it."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="control_numbers")
    kind = models.CharField(max_length=12)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "kind"], name="one_sequence_per_channel_and_kind")]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.last}"


class InboundFile(Record):
    """A file that came in, what became of it, and its bytes."""

    class Outcome(models.TextChoices):
        """What became of a file."""

        TAKEN = "taken", "Taken"
        DUPLICATE = "duplicate", "Already taken"
        REFUSED = "refused", "Refused"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="inbound_files")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="inbound_files")
    name = EncryptedTextField(help_text="as sent; senders put patients' names in it")
    format = models.CharField(max_length=20, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    taken = models.JSONField(default=dict, blank=True, help_text="counts by kind, no patient data")
    refusal = models.JSONField(null=True, blank=True)
    skipped = EncryptedJSONField(null=True, blank=True)
    content = EncryptedBytesField(null=True, blank=True)
    received_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "sha256"], condition=models.Q(outcome="taken"), name="a_file_is_taken_once"
            )
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_outcome_display()})"


class OutboundInterchange(Record):
    """An interchange in the outbox: the exact bytes, its control numbers, and whether it has been delivered."""

    class State(models.TextChoices):
        """Where an interchange is."""

        QUEUED = "queued", "Waiting to go out"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Failed, needs a person"

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="outbound")
    interchange_control = models.PositiveIntegerField()
    group_control = models.PositiveIntegerField()
    set_control = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, default="837P")
    file_name = models.CharField(max_length=120, unique=True)
    content = EncryptedBytesField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "interchange_control"], name="an_interchange_number_once")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"
