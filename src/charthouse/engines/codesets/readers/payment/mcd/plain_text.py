"""HTML of the coverage editor as plain text."""

from __future__ import annotations

import html
import re

# No pattern may run past the next `<`: a megabyte of them would take hours.
_BLOCK = re.compile(r"<\s*(?:br|/?p|/?div|/?li|/?ul|/?ol|/?tr|/?h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<![^<>]*>")


def plain_text(text: str) -> str:
    """The words, with a line for each paragraph or item; `<` and `>` in a sentence stay."""
    bare = html.unescape(_TAG.sub(" ", _BLOCK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)
