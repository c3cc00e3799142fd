"""Readers of payment and coverage files: fee schedules, hospital rates, coverage articles, providers.

To load providers of some states only, put `nppes.nppes_reader(...)` in the place of `nppes.READER`.
"""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers.payment import (
    addendum_b,
    anesthesia,
    gpci,
    localities,
    mcd,
    nppes,
    pprrvu_csv,
    pprrvu_lines,
    table_5,
    taxonomy,
)

READERS: tuple[Reader, ...] = (
    pprrvu_csv.READER,
    pprrvu_lines.READER,
    gpci.READER,
    anesthesia.READER,
    localities.READER,
    addendum_b.READER,
    table_5.READER,
    mcd.READER,
    taxonomy.READER,
    nppes.READER,
)
