"""Organizations, people and the roles people hold in organizations."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from charthouse.apps.core.models import Record


class Organization(Record):
    """A hospital, practice or client whose charts are coded; everything with patient data belongs to one."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do in an organization; a person may hold several."""

    CODER = "coder", "Coder"
    MANAGER = "manager", "Coding manager"
    AUDITOR = "auditor", "Auditor"
    BILLER = "biller", "Biller"
    COMPLIANCE = "compliance", "Compliance and privacy officer"
    IT_ADMIN = "it-admin", "IT administrator"
    PROVIDER = "provider", "Provider"
    HR = "hr", "Human resources"


class PersonManager(BaseUserManager["Person"]):
    """Makes people; nobody signs up by themselves."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create a person who signs in with this address."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find by e-mail address in any case."""
        return self.get(email=(username or "").lower())


class Person(Record, AbstractBaseUser):
    """Somebody who signs in. `is_active` off ends every session at the next request."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_remote = models.BooleanField(default=True, help_text="works from home: the agreements are asked for")
    home_office = models.CharField(max_length=200, blank=True)
    provider_npi = models.CharField(max_length=10, blank=True, help_text="for people who are also providers")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name other libraries ask for."""
        return self.full_name

    # Django's admin is not used; these answer the libraries that ask.
    is_staff = False
    is_superuser = False

    @property
    def short_name(self) -> str:
        """`N. Haddad`, for lists."""
        given, _, family = self.full_name.partition(" ")
        return f"{given[:1]}. {family}" if family else given


class Membership(Record):
    """A role held by a person in an organization."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organization", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} at {self.organization}"


class ApiToken(Record):
    """Lets a program act as a person through the JSON API. Only a digest of it is kept; it ends with the person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"

    def is_good(self, on: date) -> bool:
        """Whether it may be used on a day."""
        return self.ended_at is None and on <= self.expires_on and self.person.is_active
