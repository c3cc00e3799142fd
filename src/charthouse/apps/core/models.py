"""The base of every row that has an identity outside the database."""

from __future__ import annotations

from django.db import models

from charthouse.apps.core.ids import uuid7


class Record(models.Model):
    """A row with a bigint key inside, a UUIDv7 outside, and the time it was made (UTC)."""

    id: models.BigAutoField
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
