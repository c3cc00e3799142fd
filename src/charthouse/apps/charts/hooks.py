"""What the apps above hear from charts: an encounter was stored."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.charts.models import Encounter
from charthouse.apps.core.hooks import Hook


@dataclass(frozen=True, slots=True)
class EncounterStored:
    """An encounter came in with a file: new (`created`), or known and perhaps with more documents than before."""

    encounter: Encounter
    created: bool


encounter_stored: Hook[EncounterStored] = Hook("charts.encounter_stored")
