"""Header rows: finding them under a preamble, and saying which column differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from charthouse.engines.codesets.loading.faults import Faults

Columns = Mapping[str, str]  # the name people know a column by -> pattern of its heading, in lower case


def plain(cell: str) -> str:
    """A heading in lower case with single blanks."""
    return " ".join(cell.lower().split())


def alike(cells: Sequence[str], columns: Columns) -> bool:
    """Whether most headings stand where a layout has them: it is this header, if perhaps a changed one."""
    patterns = list(columns.values())
    hits = sum(bool(re.fullmatch(one, plain(cell))) for one, cell in zip(patterns, cells, strict=False))
    return hits * 3 >= len(patterns) * 2


def check(cells: Sequence[str], columns: Columns, line: int, faults: Faults, *, may_have_more: bool = False) -> None:
    """Compare a header with its layout by position; name every column that differs, and refuse."""
    for at, (name, pattern) in enumerate(columns.items()):
        found = plain(cells[at]) if at < len(cells) else ""
        if not re.fullmatch(pattern, found):
            faults.add("header", f"Column {at + 1} should be {name}.", line=line, column=at + 1, value=found)
    if len(cells) > len(columns) and not may_have_more and any(map(str.strip, cells[len(columns) :])):
        message = f"{len(cells)} columns; {len(columns)} are known."
        faults.add("header", message, line=line, column=len(columns) + 1, value=cells[len(columns)])
    faults.settle()


def places(cells: Sequence[str], columns: Columns, line: int, faults: Faults) -> dict[str, int]:
    """Where each named column stands, for layouts that are mapped by name; a missing one, or two, is a fault."""
    found: dict[str, int] = {}
    for name, pattern in columns.items():
        at = [place for place, cell in enumerate(cells) if re.fullmatch(pattern, plain(cell))]
        if len(at) == 1:
            found[name] = at[0]
        else:
            message = f"The column {name} is missing." if not at else f"The column {name} is there {len(at)} times."
            faults.add("header", message, line=line, column=name)
    faults.settle()
    return found


def below(
    records: Iterator[tuple[int, list[str]]], columns: Columns, faults: Faults, *, may_have_more: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """The records below a checked header, stripped, without blank ones."""
    is_below = False
    for line, record in records:
        cells = [cell.strip() for cell in record]
        if is_below:
            if any(cells):
                yield line, cells
        elif alike(cells, columns):
            check(cells, columns, line, faults, may_have_more=may_have_more)
            is_below = True
    if not is_below:
        faults.add("header", f"The header line ({', '.join(columns)}) is missing.", line=1)


def is_footnote(cells: Sequence[str]) -> bool:
    """Whether a row below the header is a remark: one cell, and not the number a row of data starts with."""
    return sum(map(bool, cells)) < 2 and not cells[0][:1].isdigit()


class Keys:
    """Keys that were seen, with their lines: a second one is a fault that names the first."""

    def __init__(self, column: str) -> None:
        self._column, self._lines = column, dict[tuple[str, ...], int]()

    def is_new(self, key: tuple[str, ...], line: int, faults: Faults) -> bool:
        """Whether the key was not there before."""
        first = self._lines.setdefault(key, line)
        if first == line:
            return True
        value = " ".join(part for part in key if part)
        faults.add("duplicate", f"Line {first} has the same key.", line=line, column=self._column, value=value)
        return False
