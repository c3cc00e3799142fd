"""Medicare Coverage Database: local coverage articles and their codes, in many csv files that make one release.

Ids and versions are numbers, days are yyyymmdd or 0, diagnoses have no dot. Codes live in articles, not in LCDs.
Long and short descriptions of procedure codes may be the American Medical Association's: they are never read. Nor is
the text of an article, which repeats them; it is read where it is published, under its number (`display`).

Sheets: article; article_code, covered, noncovered (a code in a numbered group of an article); paragraph (the rule of
a group, `kind` codes, covered or noncovered, HTML made plain); article_contractor, contractor, jurisdiction, state
(who an article is from, and where it applies); lcd, related (the LCDs an article belongs to).
"""

from __future__ import annotations

from charthouse.engines.codesets.readers.payment.mcd.reading import READER, newest_update

__all__ = ["READER", "newest_update"]
