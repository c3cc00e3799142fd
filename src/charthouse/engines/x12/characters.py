"""The policy for text put into X12: transliterate, never drop; what cannot be written is refused with its field."""

from __future__ import annotations

import unicodedata

from charthouse.engines.x12.segment import Delimiters
from charthouse.kit import Refusal, Refused

# Letters and marks that Unicode does not take apart into an ASCII letter and an accent.
_SPELLED = {
    "ß": "ss", "ẞ": "SS", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l",
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "TH", "þ": "th", "ı": "i", "Ħ": "H", "ħ": "h",
    "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "•": "-", "×": "x", "µ": "u", "°": " ",
    "^": " ",
}  # fmt: skip
_SPELLED_TABLE = str.maketrans(_SPELLED)


def transliterate(text: str, field: str) -> str:
    """Spell `text` in ASCII (`ñ` as `n`, `ß` as `ss`); raise Refused naming `field` for a letter without a spelling."""
    if text.isascii():
        return text
    spelled = unicodedata.normalize("NFKD", text.translate(_SPELLED_TABLE)).translate(_SPELLED_TABLE)
    plain = "".join(letter for letter in spelled if not unicodedata.combining(letter))
    for letter in plain:
        if not letter.isascii() and not letter.isspace():
            raise Refused(_no_spelling(letter, field))
    return "".join(letter if letter.isascii() else " " for letter in plain)


def element_text(text: str, field: str, delimiters: Delimiters, *, keeps_case: bool = False) -> str:
    """Text fit for one element: ASCII, in capitals, delimiters and control characters as blanks, blanks collapsed."""
    plain = transliterate(text, field).translate(_SPELLED_TABLE)
    if not keeps_case:
        plain = plain.upper()
    marks = delimiters.all
    spaced = "".join(" " if letter in marks or not letter.isprintable() else letter for letter in plain)
    return " ".join(spaced.split())


def _no_spelling(letter: str, field: str) -> Refusal:
    return Refusal(
        source=field,
        place="",
        rule="x12.characters.no-spelling",
        message=f"The character {unicodedata.name(letter, f'U+{ord(letter):04X}')} has no spelling in X12's letters.",
        mend="Write the text in Latin letters, as the payer's card has it.",
    )
