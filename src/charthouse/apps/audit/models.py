"""Events and their seals. Both tables only grow; database triggers refuse UPDATE and DELETE."""

from __future__ import annotations

from django.db import models


class AuditEvent(models.Model):
    """One thing that happened. Never holds patient data: people, charts and claims are named by their ids."""

    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=80, help_text="app.object.past, such as charts.chart.opened")
    actor = models.CharField(max_length=64, help_text="id of the person, or a system name such as worker")
    actor_label = models.CharField(max_length=120)
    organization = models.CharField(max_length=64, blank=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64, blank=True, help_text="id of the patient concerned, for accounting")
    reason = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=64, blank=True)
    session = models.CharField(max_length=16, blank=True, help_text="digest of the session, never its key")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"]), models.Index(fields=["subject"])]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} by {self.actor_label}"


class AuditSeal(models.Model):
    """The place of an event in the chain: its number, the hash before it and its own hash (SHA-256, hex)."""

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest[:12]}"
