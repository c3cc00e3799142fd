"""Agreement texts in versions, and the signatures on them."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.core.models import Record


class AgreementKind(models.TextChoices):
    """The documents a remote worker signs, each by itself."""

    TELECOMMUTING = "telecommuting", "Telecommuting agreement"
    CONFIDENTIALITY = "confidentiality", "Confidentiality agreement"


class AgreementVersion(Record):
    """One version of an agreement's text; never changed once published, a new wording is a new version."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="agreement_versions")
    kind = models.CharField(max_length=20, choices=AgreementKind.choices)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    parts = models.JSONField(help_text="[{title, clauses: [{key, heading, text}]}]")
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "kind", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Signature(Record):
    """A signature on one version: who, when, from where, and the exact text that was shown. Append-only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="signatures")
    agreement = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    typed_name = models.CharField(max_length=120)
    rendered_text = models.TextField()
    rendered_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    reauthenticated_by = models.CharField(max_length=20, help_text="how it was made sure who signs: password, totp")
    address = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "agreement"], name="a_version_is_signed_once")]

    def __str__(self) -> str:
        return f"{self.person} on {self.agreement}"
