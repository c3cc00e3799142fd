"""Work items: one for each encounter that waits to be coded."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Encounter
from charthouse.apps.core.models import Record


class WorkItem(Record):
    """An encounter on the worklist. A lease says who has it and until when; an ended lease gives it back."""

    class State(models.TextChoices):
        """Life cycle of coding work (domain states 4, 5, 6 and 9)."""

        READY = "ready", "Ready to code"
        IN_PROGRESS = "in-progress", "In progress"
        CODED = "coded", "Coded"

    encounter = models.OneToOneField(Encounter, models.CASCADE, related_name="work_item")
    state = models.CharField(max_length=12, choices=State.choices, default=State.READY)
    assigned_to = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="work_items")
    lease_until = models.DateTimeField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(default=2, help_text="1 first")
    codable_at = models.DateTimeField(help_text="when everything needed to code it was there")
    due_at = models.DateTimeField()
    coded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "priority", "due_at"])]

    def __str__(self) -> str:
        return f"work item {self.uid} {self.state}"
