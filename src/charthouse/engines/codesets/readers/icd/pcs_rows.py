"""Tables of ICD-10-PCS and their rows of axes, checked while they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from lxml import etree

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Row
from charthouse.engines.codesets.readers.icd.codes import PCS_TABLE
from charthouse.engines.codesets.readers.icd.lines import Once
from charthouse.engines.codesets.readers.icd.xml import line_of, text_in
from charthouse.engines.codesets.readers.icd.years import CodesOfDay
from charthouse.engines.codesets.shelf import Sheet

TABLE = Sheet(
    "pcs_table",
    ("code TEXT", "section TEXT", "body_system TEXT", "operation TEXT", "definition TEXT"),
    ("code",),
)
AXIS = Sheet(
    "axis",
    ("pcs_table TEXT", "row INTEGER", "position INTEGER", "title TEXT", "value TEXT", "label TEXT"),
    ("pcs_table", "row", "position", "value"),
)
MOST_CODES = 500_000  # six times all there are
_VALUES = frozenset("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
_NAMED, _VARIED = ("1", "2", "3"), ("4", "5", "6", "7")

Labels = list[tuple[str, str]]


class Tables:
    """Makes rows of tables, one after the other."""

    def __init__(self, valid: CodesOfDay, faults: Faults) -> None:
        self._valid, self._faults = valid, faults
        self._once = Once(faults)
        self._names: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, int] = {}
        self._codes = 0

    def rows(self, element: etree._Element) -> Iterator[Row]:
        """A `pcsTable`: its three named axes, then its rows."""
        axes = self._axes(element, _NAMED)
        if axes is None:
            return
        code = "".join(labels[0][0] for labels in axes)
        if any(len(labels) != 1 for labels in axes) or not PCS_TABLE.fullmatch(code):
            self._fault("axis", "The first three axes have one value each.", element, "code", code)
            return
        names = (*(labels[0][1] for labels in axes), text_in(element.find("axis[@pos='3']/definition")))
        if self._names.setdefault(code, names) != names:
            self._fault("duplicate", f"Table {code} stands above under other names.", element, "code", code)
            return
        if code not in self._rows:  # a table may go on in a second element
            self._rows[code] = 0
            yield "pcs_table", (code, *names)
        for row in element.iterchildren("pcsRow"):
            self._rows[code] += 1
            yield from self._row(code, self._rows[code], row)
        if element.find("pcsRow") is None:
            self._fault("row", f"Table {code} has no row.", element, "pcsRow", code)

    def _row(self, table: str, number: int, element: etree._Element) -> Iterator[Row]:
        axes = self._axes(element, _VARIED)
        if axes is None or not self._is_counted(element, axes):
            return
        shown = " ".join("".join(value for value, _ in labels) for labels in axes)
        if not self._once.is_first((table, shown), f"{table} {shown}", line_of(element), "pcsRow"):
            return
        for values in product(*([value for value, _ in labels] for labels in axes)):
            self._valid.check(table + "".join(values), line_of(element), self._faults)
        for axis, labels in zip(element.iterchildren("axis"), axes, strict=True):
            title, position = text_in(axis.find("title")), int(axis.get("pos", ""))
            for value, label in labels:
                yield "axis", (table, number, position, title, value, label)

    def _is_counted(self, element: etree._Element, axes: list[Labels]) -> bool:
        """Whether the row has the number of codes it says, and the file no more than there can be."""
        count, told = prod(map(len, axes)), element.get("codes")
        self._codes += count
        if self._codes > MOST_CODES:
            self._fault("too-large", "There are more codes than in any release.", element, "codes", str(self._codes))
            self._faults.settle()
        if told is not None and told != str(count):
            message = f"The row says it has {told} codes, but its axes make {count}."
            self._fault("row", message, element, "codes", told)
            return False
        return True

    def _axes(self, element: etree._Element, positions: tuple[str, ...]) -> list[Labels] | None:
        """The labels of the axes right under an element, which are exactly those of `positions`; else a fault."""
        axes = list(element.iterchildren("axis"))
        found = [axis.get("pos", "") for axis in axes]
        if found != list(positions):
            message = f"Axes {', '.join(positions)} should stand here, in this order."
            self._fault("axis", message, element, "axis", ", ".join(found) or "none")
            return None
        labels = [self._labels(axis) for axis in axes]
        return [one for one in labels if one] if all(labels) else None

    def _labels(self, axis: etree._Element) -> Labels:
        labels = [(one.get("code", ""), text_in(one)) for one in axis.iterchildren("label")]
        values = [value for value, _ in labels]
        wrong = next((value for value, text in labels if value not in _VALUES or not text), None)
        if wrong is not None:
            self._fault("label", "A value is one digit or letter (not I or O) and has a text.", axis, "label", wrong)
        elif len(set(values)) < len(values):
            self._fault("duplicate", "A value stands twice on this axis.", axis, "label", " ".join(values))
        elif not labels or axis.get("values", str(len(labels))) != str(len(labels)):
            message = f"The axis says it has {axis.get('values', 'some')} values, but there are {len(labels)}."
            self._fault("axis", message, axis, "values", axis.get("values", ""))
        else:
            return labels
        return []

    def _fault(self, rule: str, message: str, element: etree._Element, column: str, value: str) -> None:
        self._faults.add(rule, message, line=line_of(element), column=column, value=value)
