"""Finding a code by code, word, abbreviation or lay term. Start at `Encoder`."""

from charthouse.engines.encoder.index import Index
from charthouse.engines.encoder.procedures import LocalCode, ProcedureHit
from charthouse.engines.encoder.search import Encoder, Hit

__all__ = ["Encoder", "Hit", "Index", "LocalCode", "ProcedureHit"]
