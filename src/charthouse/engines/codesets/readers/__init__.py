"""Readers of the official files, one module for each layout."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers import icd, payment, procedures


def all_readers() -> tuple[Reader, ...]:
    """Every reader, the most particular first: a file belongs to the first that recognises it."""
    return (*icd.READERS, *procedures.READERS, *payment.READERS)
