"""Readers of procedure codes (HCPCS Level II) and of the NCCI edits on them."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers.procedures import hcpcs, ncci

READERS: tuple[Reader, ...] = (hcpcs.READER, ncci.PAIRS, ncci.UNITS, ncci.ADD_ONS)
