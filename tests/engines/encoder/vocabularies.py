"""Small vocabularies for tests."""

from __future__ import annotations

import numpy as np

from charthouse.engines.encoder.vocabulary import Vocabulary, deletion_table


def known(words: dict[str, int]) -> Vocabulary:
    """A vocabulary of a few words with how often they are said."""
    ordered = sorted(words)
    return Vocabulary(ordered, np.array([words[one] for one in ordered], np.int32), *deletion_table(ordered))
