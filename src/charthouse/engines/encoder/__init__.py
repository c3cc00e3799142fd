"""Finding a code by code, word, abbreviation or lay term. Start at `Encoder`."""

from charthouse.engines.encoder.by_words import Usage
from charthouse.engines.encoder.hit import Hit
from charthouse.engines.encoder.index import Index, open_index
from charthouse.engines.encoder.procedures import LocalCode, ProcedureHit
from charthouse.engines.encoder.search import Encoder
from charthouse.engines.encoder.text_index import TextIndex

__all__ = ["Encoder", "Hit", "Index", "LocalCode", "ProcedureHit", "TextIndex", "Usage", "open_index"]
