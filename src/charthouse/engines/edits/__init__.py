"""Rules over a coded encounter. Start at `run`."""

from charthouse.engines.edits.case import CodedDiagnosis, CodedProcedure, CodingCase, Pack, RulePack
from charthouse.engines.edits.run import ALL, run

__all__ = ["ALL", "CodedDiagnosis", "CodedProcedure", "CodingCase", "Pack", "RulePack", "run"]
