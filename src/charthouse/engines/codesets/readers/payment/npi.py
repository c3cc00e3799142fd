"""The National Provider Identifier: ten digits, the last of them a check digit (Luhn over the prefix 80840)."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[12][0-9]{9}", re.ASCII)
_PREFIX_SUM = 24  # what 80840 adds
_DOUBLED = str.maketrans("0123456789", "0246813579")


def is_npi(text: str) -> bool:
    """Whether the text is an identifier with the right check digit."""
    if not _SHAPE.fullmatch(text):
        return False
    total = sum(map(int, text[::2].translate(_DOUBLED))) + sum(map(int, text[1::2]))
    return (_PREFIX_SUM + total) % 10 == 0
