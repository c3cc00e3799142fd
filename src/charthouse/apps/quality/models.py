"""Findings on coded work: what came back, about which code, and what the coder says to it."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.fields import EncryptedTextField
from charthouse.apps.core.models import Record


class CodingFinding(Record):
    """Something about a final coding summary that its coder should see; made once for each `source_key`."""

    class State(models.TextChoices):
        """Whether the coder has answered."""

        OPEN = "open", "Waits for your answer"
        AGREED = "agreed", "Agreed"
        DISPUTED = "disputed", "Disputed"

    summary = models.ForeignKey(CodingSummary, models.PROTECT, related_name="findings")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="coding_findings")
    source = models.CharField(max_length=20, help_text="denial")
    source_key = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=7)
    reason = models.CharField(max_length=20, help_text="adjustment group and reason, such as CO-50")
    message = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = EncryptedTextField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.reason} on {self.code}"
