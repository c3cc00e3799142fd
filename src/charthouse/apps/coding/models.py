"""Coding sessions with their lines and evidence, and the summaries that are final."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Document, Encounter
from charthouse.apps.core.fields import EncryptedJSONField, EncryptedTextField
from charthouse.apps.core.models import Record
from charthouse.apps.practice.models import Provider
from charthouse.kit import Code


class CodingSession(Record):
    """The work of one coder on one encounter until it is final. `revision` counts changes; a stale one is refused."""

    class State(models.TextChoices):
        """A session is open until it is final."""

        OPEN = "open", "Open"
        FINAL = "final", "Final"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="coding_sessions")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="coding_sessions")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    finalised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encounter"], condition=models.Q(state="open"), name="one_open_session_per_encounter"
            )
        ]

    def __str__(self) -> str:
        return f"coding session {self.uid}"


class DiagnosisLine(Record):
    """A diagnosis in sequence; position 1 is the principal or first-listed diagnosis. Code without its dot."""

    session = models.ForeignKey(CodingSession, models.CASCADE, related_name="diagnoses")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=7)
    poa = models.CharField(max_length=1, blank=True, help_text="present on admission: Y, N, U, W, 1 or empty")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.position} {self.code}"

    @property
    def display(self) -> str:
        """The code with its dot."""
        return Code.icd10cm(self.code).display


class ProcedureLine(Record):
    """A service: code, up to four modifiers, units, date, provider and the diagnoses it is for."""

    session = models.ForeignKey(CodingSession, models.CASCADE, related_name="procedures")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    modifiers = models.JSONField(default=list)
    units = models.PositiveIntegerField(default=1)
    service_date = models.DateField()
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="+")
    diagnoses = models.ManyToManyField(DiagnosisLine, through="Pointer", related_name="procedures")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.position} {self.code}"

    @property
    def display(self) -> str:
        """The code as people write it."""
        return self.code


class Pointer(models.Model):
    """A diagnosis pointer; `rank` 1 is the main one. It follows the diagnosis when that is moved."""

    procedure = models.ForeignKey(ProcedureLine, models.CASCADE, related_name="pointers")
    diagnosis = models.ForeignKey(DiagnosisLine, models.CASCADE, related_name="pointers")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "diagnosis"], name="one_pointer_to_a_diagnosis")]
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return f"{self.procedure_id} > {self.diagnosis_id}"


class Evidence(Record):
    """Words in the chart that support a code: document, section (from 0), character range, encrypted quote."""

    session = models.ForeignKey(CodingSession, models.CASCADE, related_name="evidence")
    diagnosis = models.ForeignKey(DiagnosisLine, models.CASCADE, null=True, blank=True, related_name="evidence")
    procedure = models.ForeignKey(ProcedureLine, models.CASCADE, null=True, blank=True, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    section = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = EncryptedTextField()

    def __str__(self) -> str:
        return f"evidence {self.uid}"


class CodingChange(Record):
    """The lines as they were before a change, so that the change can be taken back; newest first in undo."""

    session = models.ForeignKey(CodingSession, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField(help_text="revision of the session before the change")
    label = models.CharField(max_length=120)
    before = EncryptedJSONField()

    class Meta:
        ordering = ["-revision"]

    def __str__(self) -> str:
        return f"{self.revision} {self.label}"


class CodingSummary(Record):
    """What was final: codes with their evidence, the findings and the table releases in force. Never changed."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="coding_summaries")
    session = models.OneToOneField(CodingSession, models.PROTECT, related_name="summary")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="coding_summaries")
    version = models.PositiveSmallIntegerField()
    finalised_at = models.DateTimeField()
    content = EncryptedJSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encounter", "version"], name="one_summary_per_version")]

    def __str__(self) -> str:
        return f"coding summary {self.uid} version {self.version}"
