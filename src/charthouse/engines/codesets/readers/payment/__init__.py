"""Readers of fee schedules, coverage articles and provider registries."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader

READERS: tuple[Reader, ...] = ()
