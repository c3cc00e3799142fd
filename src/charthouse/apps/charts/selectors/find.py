"""Search in the whole of an opened chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from charthouse.apps.charts.selectors.reading import OpenChart

MOST = 200
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Match:
    """A place where the words stand: document, section, character range, and the text around it."""

    document_uid: UUID
    section: int
    start: int
    end: int
    before: str
    found: str
    after: str


def find_in_chart(chart: OpenChart, text: str) -> list[Match]:
    """Places of the words in every section, in any case and with any blanks between them; at most 200."""
    words = text.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    return list(islice(_matches(chart, pattern), MOST))


def _matches(chart: OpenChart, pattern: re.Pattern[str]) -> Iterator[Match]:
    for document in chart.documents:
        for section in document.sections:
            for hit in pattern.finditer(section.text):
                start, end = hit.span()
                before = section.text[max(0, start - _AROUND) : start]
                after = section.text[end : end + _AROUND]
                yield Match(document.uid, section.index, start, end, before, hit[0], after)
