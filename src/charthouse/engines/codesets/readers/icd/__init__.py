"""Readers of ICD-10-CM and ICD-10-PCS files, and of the general equivalence mappings."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader

READERS: tuple[Reader, ...] = ()
