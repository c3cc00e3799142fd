"""Readers of fee schedules."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers.payment import hospital_fees, physician_fees

READERS: tuple[Reader, ...] = (
    physician_fees.VALUES,
    physician_fees.LOCALITIES,
    physician_fees.FACTORS,
    physician_fees.COUNTIES,
    hospital_fees.ITEMS,
    hospital_fees.DRGS,
)
