"""Code tables by date of service. Start at `load_code_book`."""

from charthouse.engines.codesets.book import CodeBook, load_code_book
from charthouse.engines.codesets.changes import Change, Changes
from charthouse.engines.codesets.drill_down import Missing
from charthouse.engines.codesets.entries import (
    NO_TEXT,
    Completion,
    HcpcsEntry,
    Icd10cmEntry,
    Note,
    Step,
    TableRow,
)
from charthouse.engines.codesets.equivalences import Equivalent, newer, older
from charthouse.engines.codesets.icd10pcs import PcsChoice, PcsEntry
from charthouse.engines.codesets.index_terms import IndexCell, IndexEntry, IndexTerms
from charthouse.engines.codesets.loaded_sets import LoadedSet
from charthouse.engines.codesets.marks import Hcc, Mark, Marks
from charthouse.engines.codesets.pairs import Pair
from charthouse.engines.codesets.pcs_tables import PcsAxis
from charthouse.engines.codesets.procedures import HCPCS_NOT_LOADED, CptEntry
from charthouse.engines.codesets.small_tables import SMALL_TABLES
from charthouse.engines.codesets.tabular import Node, NodeKind, NoteKind
from charthouse.engines.codesets.validity import Validity, ValidityState

__all__ = [
    "HCPCS_NOT_LOADED",
    "NO_TEXT",
    "SMALL_TABLES",
    "Change",
    "Changes",
    "CodeBook",
    "Completion",
    "CptEntry",
    "Equivalent",
    "Hcc",
    "HcpcsEntry",
    "Icd10cmEntry",
    "IndexCell",
    "IndexEntry",
    "IndexTerms",
    "LoadedSet",
    "Mark",
    "Marks",
    "Missing",
    "Node",
    "NodeKind",
    "Note",
    "NoteKind",
    "Pair",
    "PcsAxis",
    "PcsChoice",
    "PcsEntry",
    "Step",
    "TableRow",
    "Validity",
    "ValidityState",
    "load_code_book",
    "newer",
    "older",
]
