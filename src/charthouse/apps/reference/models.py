"""Loads of official files, the CPT licence and its seats, favourites, and how often codes are used here."""

from __future__ import annotations

from datetime import date

from django.db import models

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.core.models import Record


class CodeLoad(Record):
    """Official files given together, and what became of each. The releases themselves stand on the shelf."""

    class State(models.TextChoices):
        """Where a load is. One that was refused may still have loaded the other files given with it."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Loading"
        DONE = "done", "Done"
        REFUSED = "refused", "Something refused"
        BROKEN_OFF = "broken-off", "Broken off"

    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_upload = models.BooleanField(default=False, help_text="its files lie in the inbox until the worker read them")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    files = models.JSONField(default=list, help_text="name and size of each file")
    given = models.JSONField(default=dict, help_text="days, label and permissions the person gave")
    progress = models.JSONField(default=dict, help_text="the file being read, bytes done, bytes in all (-1 unknown)")
    report = models.JSONField(default=list, help_text="what became of each file")
    attempts = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(null=True, blank=True, help_text="when the loader last said where it is")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"load {self.uid} ({self.get_state_display()})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in {self.State.WAITING, self.State.RUNNING}


class CptLicence(Record):
    """A licence for CPT as its holder states it. The newest statement counts; older ones are kept as they were."""

    holder = models.CharField(max_length=120)
    number = models.CharField(max_length=60)
    product = models.CharField(max_length=120, blank=True)
    seats = models.PositiveIntegerField()
    starts = models.DateField()
    expires = models.DateField()
    attested_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    attested_at = models.DateTimeField()
    notice = models.TextField(help_text="the words that were shown and attested to")

    def __str__(self) -> str:
        return f"CPT licence {self.number} of {self.holder}"

    def is_in_force(self, on: date) -> bool:
        """Whether it covers a day."""
        return self.starts <= on <= self.expires


class CptSeat(Record):
    """Somebody who may see CPT descriptors, until the seat is ended."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="cpt_seats")
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="one_cpt_seat_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"CPT seat of {self.person}"


class PersonalCode(models.Model):
    """A code that matters to a person: its system (`icd-10-cm`) and its value without a dot."""

    system = models.CharField(max_length=12)
    code = models.CharField(max_length=12)

    class Meta:
        abstract = True


class Favourite(PersonalCode, Record):
    """A code a person keeps at hand."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="favourite_codes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "system", "code"], name="one_favourite_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.person}"


class CodeUse(PersonalCode):
    """How often a person has put a code on a chart of an organization, and when last."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="code_uses")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="code_uses")
    count = models.PositiveIntegerField(default=0)
    last_used = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organization", "system", "code"], name="one_count_of_a_code")
        ]
        indexes = [models.Index(fields=["organization", "system", "-count"])]

    def __str__(self) -> str:
        return f"{self.code} {self.count}x by {self.person}"
