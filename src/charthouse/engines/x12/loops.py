"""Taking typed values out of the segments of a loop: what is absent is blank, what cannot be read is a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from re import ASCII, compile

from charthouse.engines.x12.fault import Report, X12Fault
from charthouse.engines.x12.segment import Delimiters, Segment
from charthouse.kit import Money, MoneyError, ServiceDates, parse_yyyymmdd

_DECIMAL = compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", ASCII)
RawSegment = tuple[str, ...]


class Loop:
    """The segments of one loop. Taking a segment removes it, so `left` is what no model has a field for."""

    def __init__(self, name: str, segments: Iterable[Segment], values: Values) -> None:
        self.name = name
        self.values = values
        self._segments = list(segments)
        self._start = self._segments[0].position if self._segments else 0

    def take(self, segment_id: str, *qualifiers: str, at: int = 1) -> Segment:
        """Remove and return the first segment with this id (and qualifier in element `at`); blank where absent."""
        for index, segment in enumerate(self._segments):
            if segment.elements[0] == segment_id and (not qualifiers or segment.get(at) in qualifiers):
                return self._segments.pop(index)
        return Segment(self._start, [""], Delimiters())

    def take_matching(self, wanted: Callable[[Segment], bool]) -> Segment | None:
        """Remove and return the first segment `wanted` says yes to."""
        for index, segment in enumerate(self._segments):
            if wanted(segment):
                return self._segments.pop(index)
        return None

    def take_all(self, segment_id: str, *qualifiers: str) -> list[Segment]:
        """Remove and return every segment with this id (and qualifier in its first element)."""
        found = [
            s for s in self._segments if s.elements[0] == segment_id and (not qualifiers or s.get(1) in qualifiers)
        ]
        taken = {id(segment) for segment in found}
        self._segments = [segment for segment in self._segments if id(segment) not in taken]
        return found

    def require(self, segment_id: str, *qualifiers: str) -> Segment:
        """As `take`, and a fault where the segment is absent."""
        segment = self.take(segment_id, *qualifiers)
        if not segment.id:
            wanted = "*".join((segment_id, *qualifiers[:1]))
            self.values.fault(segment, 0, "x12.segment.missing", f"{wanted} is required here.", self.name, segment_id)
        return segment

    @property
    def left(self) -> tuple[RawSegment, ...]:
        """What was not taken, in order."""
        return tuple(segment.raw for segment in self._segments)


class Values:
    """Reads typed values of one transaction set and reports what cannot be read."""

    def __init__(self, set_control: str, set_start: int, report: Report) -> None:
        self._set_control = set_control
        self._set_start = set_start
        self._report = report
        self.count = 0

    def also_to(self, report: Report) -> Values:
        """The same set, with every fault told to `report` as well."""

        def both(fault: X12Fault) -> None:
            self._report(fault)
            report(fault)

        return Values(self._set_control, self._set_start, both)

    def fault(self, at: Segment, element: int, rule: str, sentence: str, loop: str, segment_id: str = "") -> X12Fault:
        """Report a fault at an element (0: the whole segment) and give it back."""
        self.count += 1
        fault = X12Fault(
            level=2 if rule.endswith("missing") else 1,
            rule=rule,
            sentence=sentence,
            position=at.position,
            segment=segment_id or at.id,
            element=element,
            loop=loop,
            value=at.get(element) if element else "",
            set_control=self._set_control,
            position_in_set=at.position - self._set_start + 1,
        )
        self._report(fault)
        return fault

    def money(self, at: Segment, element: int, loop: str) -> Money | None:
        """An amount; None and a fault where it is absent or cannot be read to the cent."""
        if (amount := read_money(at.get(element))) is None:
            self.fault(at, element, "x12.element.amount", "This is not an amount to the cent.", loop)
        return amount

    def optional_money(self, at: Segment, element: int, loop: str) -> Money | None:
        """An amount or None where the element is empty."""
        return self.money(at, element, loop) if at.get(element) else None

    def decimal(self, at: Segment, element: int, loop: str) -> Decimal:
        """A quantity; zero and a fault where it cannot be read."""
        if (quantity := read_quantity(at.get(element))) is not None:
            return quantity
        self.fault(at, element, "x12.element.number", "This is not a number.", loop)
        return Decimal(0)

    def optional_decimal(self, at: Segment, element: int, loop: str) -> Decimal | None:
        """A quantity, None where empty; None and a fault where it cannot be read."""
        if not at.get(element):
            return None
        faults = self.count
        quantity = self.decimal(at, element, loop)
        return quantity if self.count == faults else None

    def day(self, at: Segment, element: int, loop: str) -> date | None:
        """A date as YYYYMMDD, None where empty; None and a fault where no such day exists."""
        text = at.get(element)
        try:
            return _parse_day(text) if text else None
        except ValueError:
            self.fault(at, element, "x12.element.date", "This is not a day of the calendar.", loop)
            return None

    def dates(self, at: Segment, loop: str) -> ServiceDates | None:
        """The D8 or RD8 period of a DTP segment; None and a fault where it cannot be read."""
        first, hyphen, last = at.get(3).partition("-")
        try:
            start = _parse_day(first)
            return ServiceDates(start, _parse_day(last) if hyphen else start)
        except ValueError:
            self.fault(at, 3, "x12.element.date", "This is not a day or a span of days.", loop)
            return None

    def moment(self, at: Segment, day: int, clock: int, loop: str) -> datetime:
        """A date and a time of day (to the minute, taken as UTC) from two elements."""
        on, text = self.day(at, day, loop) or date(1970, 1, 1), at.get(clock)
        try:
            return datetime.strptime(f"{on:%Y%m%d}{text[:4] or '0000'}", "%Y%m%d%H%M").replace(tzinfo=UTC)
        except ValueError:
            self.fault(at, clock, "x12.element.time", "This is not a time of day.", loop)
            return datetime(on.year, on.month, on.day, tzinfo=UTC)


def _parse_day(text: str) -> date:
    # Format DT adds hours and minutes to the day; the models keep the day.
    return parse_yyyymmdd(text[:8] if len(text) == 12 else text)


def read_money(text: str) -> Money | None:
    """An amount to the cent, or None where the text is none."""
    try:
        return Money.parse(text)
    except MoneyError:
        return None


def read_quantity(text: str) -> Decimal | None:
    """A number without exponent, or None where the text is none."""
    try:
        return Decimal(text) if _DECIMAL.fullmatch(text) else None
    except InvalidOperation:
        return None


def cut(segments: Sequence[Segment], *ids: str) -> tuple[list[Segment], list[list[Segment]]]:
    """Part segments at each one with an id of `ids`: what stands before the first, and the stretches from each."""
    head: list[Segment] = []
    stretches: list[list[Segment]] = []
    for segment in segments:
        if segment.elements[0] in ids:
            stretches.append([segment])
        else:
            (stretches[-1] if stretches else head).append(segment)
    return head, stretches
