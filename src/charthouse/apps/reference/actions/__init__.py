"""Writes about code sets: loads, releases, the CPT licence and its seats, and what people keep at hand."""

from charthouse.apps.reference.actions.licence import give_seat, permit, state_licence, take_seat
from charthouse.apps.reference.actions.personal import note_use, toggle_favourite
from charthouse.apps.reference.actions.receiving import receive_load
from charthouse.apps.reference.actions.releases import restore, withdraw
from charthouse.apps.reference.actions.running import load_now, run_load

__all__ = [
    "give_seat",
    "load_now",
    "note_use",
    "permit",
    "receive_load",
    "restore",
    "run_load",
    "state_licence",
    "take_seat",
    "toggle_favourite",
    "withdraw",
]
