"""Code tables by date of service. Start at `load_code_book`."""

from charthouse.engines.codesets.book import HCPCS_NOT_LOADED, CodeBook, load_code_book
from charthouse.engines.codesets.changes import Changes
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
from charthouse.engines.codesets.index_terms import IndexEntry, IndexTerms
from charthouse.engines.codesets.marks import Hcc, Marks
from charthouse.engines.codesets.tabular import Node, NodeKind, NoteKind
from charthouse.engines.codesets.validity import Validity, ValidityState

__all__ = [
    "HCPCS_NOT_LOADED",
    "NO_TEXT",
    "Changes",
    "CodeBook",
    "Completion",
    "Equivalent",
    "Hcc",
    "HcpcsEntry",
    "Icd10cmEntry",
    "IndexEntry",
    "IndexTerms",
    "Marks",
    "Node",
    "NodeKind",
    "Note",
    "NoteKind",
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
