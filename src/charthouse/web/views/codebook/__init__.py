"""The code book: looking for codes, one code, building one, the indexes, changes. No patient is in it."""

from charthouse.web.views.codebook.browsing import changes, index, pcs
from charthouse.web.views.codebook.code import code, keep
from charthouse.web.views.codebook.finding import at_hand, find

__all__ = ["at_hand", "changes", "code", "find", "index", "keep", "pcs"]
