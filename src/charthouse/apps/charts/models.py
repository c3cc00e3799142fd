"""Patients, coverages, encounters, documents and facts. What identifies or describes a patient is encrypted."""

from __future__ import annotations

from datetime import date

from django.db import models

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.core.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField
from charthouse.apps.core.models import Record
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.practice.models import Facility, Payer, Provider
from charthouse.kit import ServiceDates


class Patient(Record):
    """Somebody whose records are here; found again by organization and medical record number only."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="patients")
    mrn = EncryptedTextField()
    mrn_index = models.CharField(max_length=64, help_text="blind index of authority and number")
    family_name = EncryptedTextField()
    given_name = EncryptedTextField()
    middle_name = EncryptedTextField()
    birth_date_text = EncryptedTextField(help_text="ISO date or empty")
    sex = models.CharField(max_length=1, default="U")
    address = EncryptedJSONField(help_text="{line, city, state, postal_code}")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "mrn_index"], name="one_patient_per_mrn")]

    def __str__(self) -> str:
        return f"patient {self.uid}"

    @property
    def birth_date(self) -> date | None:
        """Date of birth, when known."""
        return date.fromisoformat(self.birth_date_text) if self.birth_date_text else None

    @property
    def display_name(self) -> str:
        """`Okafor, Maren T.`"""
        middle = f" {self.middle_name[:1]}." if self.middle_name else ""
        return f"{self.family_name}, {self.given_name}{middle}"


class Coverage(Record):
    """An insurance coverage; rank 1 pays first. `payer` is empty when the sender's payer is not one of ours."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="coverages")
    payer = models.ForeignKey(Payer, models.PROTECT, null=True, blank=True, related_name="coverages")
    payer_name = models.CharField(max_length=120, blank=True)
    member_id = EncryptedTextField()
    group_number = EncryptedTextField()
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return f"coverage {self.uid} rank {self.rank}"


class Encounter(Record):
    """A visit, stay or procedure to be coded and billed."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="encounters")
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="encounters")
    number = EncryptedTextField(help_text="visit number of the sender")
    number_index = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    title = EncryptedTextField()
    service_from = models.DateField(null=True, blank=True)
    service_to = models.DateField(null=True, blank=True)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="encounters")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="encounters")
    facility_name = models.CharField(max_length=120, blank=True)
    provider_name = models.CharField(max_length=120, blank=True)
    disposition = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "number_index"], name="one_encounter_per_number")]
        indexes = [models.Index(fields=["organization", "service_to"])]

    def __str__(self) -> str:
        return f"encounter {self.uid}"

    @property
    def dates(self) -> ServiceDates | None:
        """Dates of service, when known."""
        if self.service_from is None:
            return None
        return ServiceDates(self.service_from, self.service_to or self.service_from)


class Document(Record):
    """A readable document. `body` is a list of {title, text} sections; evidence points into one of them."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="documents")
    encounter = models.ForeignKey(Encounter, models.CASCADE, null=True, blank=True, related_name="documents")
    source = models.ForeignKey(InboundFile, models.PROTECT, null=True, related_name="documents")
    key_index = models.CharField(max_length=64, help_text="blind index of the sender's document id")
    title = EncryptedTextField()
    kind = models.CharField(max_length=60)
    author = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    is_signed = models.BooleanField(default=False)
    body = EncryptedJSONField()
    attachment = EncryptedBytesField(null=True, blank=True)
    attachment_type = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "key_index"], name="one_document_per_key")]
        ordering = ["-written_at", "id"]

    def __str__(self) -> str:
        return f"document {self.uid}"


class ClinicalFact(Record):
    """A structured fact beside the documents; `content` is {label, codes, value, status}."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="facts")
    encounter = models.ForeignKey(Encounter, models.CASCADE, null=True, blank=True, related_name="facts")
    source = models.ForeignKey(InboundFile, models.PROTECT, null=True, related_name="facts")
    kind = models.CharField(max_length=20)
    on = models.DateField(null=True, blank=True)
    content = EncryptedJSONField()

    class Meta:
        indexes = [models.Index(fields=["patient", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class DocumentSeen(models.Model):
    """When somebody last read a document; what came later is new to them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="seen_by")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "document"], name="one_last_reading")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.document_id}"
