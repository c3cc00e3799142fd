"""Reads: the code book and the encoder of this process, what is loaded, the CPT licence, favourites and usage."""

from charthouse.apps.reference.finding import Described
from charthouse.apps.reference.opened import code_book, encoder, shelf, warm_up
from charthouse.apps.reference.selectors.cpt import has_seat, licence, licence_in_force, notices, seats
from charthouse.apps.reference.selectors.loads import code_load, code_loads, loaded_sets
from charthouse.apps.reference.selectors.personal import favourites, recent, usage
from charthouse.apps.reference.selectors.searching import entry, search_diagnoses, search_pcs, search_procedures

__all__ = [
    "Described",
    "code_book",
    "code_load",
    "code_loads",
    "encoder",
    "entry",
    "favourites",
    "has_seat",
    "licence",
    "licence_in_force",
    "loaded_sets",
    "notices",
    "recent",
    "search_diagnoses",
    "search_pcs",
    "search_procedures",
    "seats",
    "shelf",
    "usage",
    "warm_up",
]
