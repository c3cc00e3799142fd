"""Lists as comma-separated values for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file to save. A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP)."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")  # Excel reads the file as UTF-8 only with this mark
    writer = csv.writer(answer)
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return answer


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
