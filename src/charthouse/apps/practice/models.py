"""Billing profile, facilities, providers, payers and the charge master."""

from __future__ import annotations

from django.db import models

from charthouse.apps.accounts.models import Organization
from charthouse.apps.core.models import Record
from charthouse.apps.exchange.models import Channel
from charthouse.kit import Money


class Address(models.Model):
    """A US postal address; billing addresses carry the nine-digit ZIP."""

    address_line = models.CharField(max_length=55, blank=True)
    city = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=9, blank=True)

    class Meta:
        abstract = True


class BillingProfile(Address, Record):
    """How an organization bills: the billing provider and submitter of its claims."""

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="billing_profile")
    legal_name = models.CharField(max_length=60)
    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9, help_text="EIN, digits only")
    taxonomy = models.CharField(max_length=10)
    submitter_id = models.CharField(max_length=15)
    contact_name = models.CharField(max_length=60)
    contact_phone = models.CharField(max_length=10)
    claim_prefix = models.CharField(max_length=4, default="HP", help_text="first characters of every claim number")

    def __str__(self) -> str:
        return self.legal_name


class Facility(Address, Record):
    """A place where services are given."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="facilities")
    name = models.CharField(max_length=60)
    npi = models.CharField(max_length=10)
    place_of_service = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="one_facility_name")]

    def __str__(self) -> str:
        return self.name


class Provider(Record):
    """A person who gives services and appears on claims."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="providers")
    family_name = models.CharField(max_length=60)
    given_name = models.CharField(max_length=35)
    credential = models.CharField(max_length=10, blank=True)
    npi = models.CharField(max_length=10)
    taxonomy = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "npi"], name="one_npi_per_organization")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name} {self.credential}".strip()


class Payer(Record):
    """Who pays: its name and id on claims, and the channel its claims go out on."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="payers")
    name = models.CharField(max_length=60)
    payer_id = models.CharField(max_length=20)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="payers")
    appeal_days = models.PositiveSmallIntegerField(default=60, help_text="days to answer a denial")
    claim_filing = models.CharField(max_length=2, default="CI", help_text="SBR09 claim filing indicator")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "payer_id"], name="one_payer_id")]

    def __str__(self) -> str:
        return self.name


class ChargeItem(Record):
    """A line of the charge master: the practice's own label and price of a code, from a date on."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="charge_items")
    code = models.CharField(max_length=5)
    label = models.CharField(max_length=120)
    price_cents = models.BigIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "code", "effective_from"], name="one_price_from_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def price(self) -> Money:
        """Price of one unit."""
        return Money(self.price_cents)
