"""Readers of procedure codes (CPT, HCPCS Level II) and of the NCCI edits on them."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers.procedures import cpt, hcpcs, ncci

READERS: tuple[Reader, ...] = (cpt.READER, hcpcs.READER, ncci.PAIRS, ncci.UNITS, ncci.ADD_ONS)
