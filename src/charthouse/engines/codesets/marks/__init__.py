"""What payers attach to a diagnosis: CC and MCC, HCC, CCSR, and the code editor's traits."""

from charthouse.engines.codesets.marks.marks import Mark, Marks, MarkTables
from charthouse.engines.codesets.marks.risk import Hcc

__all__ = ["Hcc", "Mark", "MarkTables", "Marks"]
