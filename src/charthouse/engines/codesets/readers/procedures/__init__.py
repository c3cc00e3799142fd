"""Readers of procedure codes (HCPCS Level II, CPT) and of the NCCI edits on them."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader

READERS: tuple[Reader, ...] = ()
